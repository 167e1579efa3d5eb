"""Citizen service numbers (BSN) have no place here: what looks like one is masked, the text stays.

A BSN has nine digits that pass the elfproef: weights 9 to 2, then -1, a sum that 11 divides.
"""

import re

MASK = "*"
_SEPARATOR = r"[ .\-\u00a0\u2009\u202f]"
# Nine in a row, or as people group them: 123 456 782 and 1234.56.782. Part of a longer number is
# none. The lookahead lets a candidate begin inside another that turned out to be something else.
_CANDIDATE = re.compile(
    rf"(?<!\d)(?=(\d{{9}}|\d{{3}}{_SEPARATOR}\d{{3}}{_SEPARATOR}\d{{3}}"
    rf"|\d{{4}}{_SEPARATOR}\d{{2}}{_SEPARATOR}\d{{3}})(?!\d))"
)
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def is_bsn(digits: str) -> bool:
    """Whether nine digits (of any script) pass the elfproef; nine zeros are nobody's."""
    values = [int(digit) for digit in digits]
    weighed = sum(weight * value for weight, value in zip(_WEIGHTS, values, strict=True))
    return weighed % 11 == 0 and any(values)


def mask_bsn(text: str) -> str:
    """The text with each digit of a BSN replaced by `*`; nothing else changes, length included."""
    masked = list(text)
    for found in _CANDIDATE.finditer(text):
        start, end = found.span(1)
        if is_bsn("".join(sign for sign in text[start:end] if sign.isdecimal())):
            masked[start:end] = [MASK if sign.isdecimal() else sign for sign in text[start:end]]
    return "".join(masked)
