"""How dates and times are written where nothing else is said, as in the administration."""

DATE_FORMAT = SHORT_DATE_FORMAT = "Y-m-d"
TIME_FORMAT = "H.i"
DATETIME_FORMAT = SHORT_DATETIME_FORMAT = "Y-m-d H.i"
DATE_INPUT_FORMATS = ["%Y-%m-%d"]  # Django's Swedish ones take 01/02/2026 for the 2nd of January
