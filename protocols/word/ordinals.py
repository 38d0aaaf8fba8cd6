"""A counter's value in a Word number format (`w:numFmt`, ECMA-376-1 17.18.59)."""

ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
ORDINAL_WORDS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip


def spell(value: int, form: str) -> str:
    """The value as Word writes it; formats of other scripts come out as digits."""
    if form in ("none", "bullet"):
        return ""
    if form == "decimalZero":
        return f"{value:02d}"
    if form in ("lowerLetter", "upperLetter"):
        return _case(_letters(value), form)
    if form in ("lowerRoman", "upperRoman"):
        return _case(_roman(value), form)
    if form == "ordinal":
        return f"{value}{_suffix(value)}"
    if form == "cardinalText":
        return _words(value).capitalize()
    if form == "ordinalText":
        return _ordinal_words(value).capitalize()
    if form.startswith("custom "):
        return str(value).zfill(len(form[7:].split(",")[0].strip()))
    return str(value)


def _case(text: str, form: str) -> str:
    return text.upper() if form.startswith("upper") else text


def _letters(value: int) -> str:
    """a..z, then aa, bb, cc: Word repeats the letter."""
    if value < 1:
        return ""
    repeat, letter = divmod(value - 1, 26)
    return chr(ord("a") + letter) * min(repeat + 1, 30)


def _roman(value: int) -> str:
    if not 0 < value < 40_000:
        return ""
    text = ""
    for size, letters in ROMAN:
        count, value = divmod(value, size)
        text += letters * count
    return text


def _suffix(value: int) -> str:
    if 10 <= value % 100 <= 20:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")


def _words(value: int) -> str:
    if 0 <= value < 20:
        return ONES[value]
    if 20 <= value < 100:
        tens, ones = divmod(value, 10)
        return TENS[tens] + (f"-{ONES[ones]}" if ones else "")
    return str(value)


def _ordinal_words(value: int) -> str:
    if not 0 <= value < 100:
        return f"{value}{_suffix(value)}"
    head, dash, last = _words(value).rpartition("-")
    return (
        head
        + dash
        + (ORDINAL_WORDS.get(last) or (last[:-1] + "ieth" if last.endswith("y") else last + "th"))
    )
