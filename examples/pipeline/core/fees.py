"""Money in whole cents, and what a late tool costs."""

DAILY_FEE = 50
HIGHEST_FEE = 2_000


def late_fee(days_late, deposit):
    """Cents owed; never more than the deposit or the highest fee."""
    if days_late <= 0:
        return 0
    fee = DAILY_FEE * days_late
    if days_late > 14:
        fee += deposit // 10
    return min(fee, deposit, HIGHEST_FEE)


def as_text(cents):
    sign = "-" if cents < 0 else ""
    euros, rest = divmod(abs(cents), 100)
    return f"{sign}{euros}.{rest:02d} EUR"


def parse(text):
    """Cents of a text like 12, 12.5 or 12.50."""
    euros, dot, rest = text.strip().partition(".")
    if not euros.isdigit() or (dot and not rest.isdigit()):
        raise ValueError(f"no amount: {text!r}")
    if len(rest) > 2:
        raise ValueError(f"fractions of a cent: {text!r}")
    return int(euros) * 100 + int((rest + "00")[:2])
