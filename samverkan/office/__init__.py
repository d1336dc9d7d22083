"""Files from Word and Excel as they are given, before anyone has said what they mean."""
