"""Whose people somebody is one of, from the e-mail address Teams gives; the address itself is not kept."""


def domain_of(address: object) -> str | None:
    """The domain of somebody's employer; None when it is anybody's, or there is none.

    A guest's sign-in name reads `name_domain#EXT#@host.onmicrosoft.com` (learn.microsoft.com: B2B guest users).
    """
    name, _, domain = str(address or "").strip().lower().rpartition("@")
    if "#ext#" in name:
        domain = name.partition("#ext#")[0].rpartition("_")[2]
    anybodys = domain in _ANYBODYS or domain.endswith(".onmicrosoft.com")
    return domain if name and "." in domain and not anybodys else None


_ANYBODYS = frozenset(
    (
        "gmail.com",
        "googlemail.com",
        "outlook.com",
        "outlook.co.nz",
        "hotmail.com",
        "hotmail.co.nz",
        "live.com",
        "msn.com",
        "yahoo.com",
        "yahoo.co.nz",
        "icloud.com",
        "me.com",
        "proton.me",
        "protonmail.com",
        "xtra.co.nz",
        "slingshot.co.nz",
        "orcon.net.nz",
        "vodafone.co.nz",
    )
)
