"""Working in the same thing at the same time: its changes, who is there, and what they say of it.

What can be worked in (a plan) has rows; a row has a kind, a UUID and fields. The models here are
abstract: each wing has tables of its own that point to what is worked in.
"""
