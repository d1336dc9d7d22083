"""What may be asked of the database with whatever an address or a form says."""

from typing import Any

from django.db.models import IntegerField
from django.db.models.lookups import In


@IntegerField.register_lookup
class IntegerIn(In):
    """A number that no column can hold is none of those that are there. Django says so where one number
    is asked for; of several it asks the database, and SQLite fails at what is beyond 64 bits."""

    def process_rhs(self, compiler: Any, connection: Any) -> Any:
        if self.rhs_is_direct_value():
            kind = self.lhs.output_field.get_internal_type()
            lowest, highest = connection.ops.integer_field_range(kind)
            self.rhs = [
                one for one in self.rhs if not isinstance(one, int) or lowest <= one <= highest
            ]
        return super().process_rhs(compiler, connection)
