"""Time as people write it: what it means, when meetings are, which rounds ask, and what is late.

The words are always kept. What is understood stands beside them, is shown, and can be corrected;
what a person has said in structure wins. Where nothing is certain, nothing is understood.
"""
