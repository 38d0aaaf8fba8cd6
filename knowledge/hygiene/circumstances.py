"""What is said about somebody's life: the words that make a line sensitive, by sub-kind."""

import re
from collections.abc import Iterator
from functools import cache

from knowledge.hygiene.alternatives import initials, split
from knowledge.hygiene.evidence import Candidate

_SUBKINDS: dict[str, str] = {
    "health": (
        r"diagnos\w+|medicat\w+|meds|sertraline|fluoxetine|olanzapine|risperidone|clozapine|quetiapine|lithium|insulin|ritalin|methadone|antidepressants?|antipsychotics?|adhd|fasd|fetal alcohol|foetal alcohol|autis\w+|asd|asperger\w*|epilep\w+|"
        r"seizures?|diabet\w+|hba1c|cancer|chemo\w*|leukaemia|tumou?r|dementia|alzheimer\w*|stroke|heart (?:attack|condition|failure)|asthma\w*|rheumatic|bicillin|scabies|eczema|hiv\+?|hep(?:atitis)? ?[bc]?|sti|std|chlamydia|tb|tuberculosis|"
        r"pregnant|hapu|miscarr\w+|abortion|terminat(?:ed|ion)|stillb\w+|(?:\d+ )?w(?:ee)?ks? pregnant|due (?:in|her|january|february|march|april|may|june|july|august|september|october|november|december)|antenatal|postnatal|pnd|scbu|nicu|nas baby|"
        r"surgery|operation|hospitali[sz]ed|in hospital|discharged|a&e|icu|broken (?:wrist|arm|jaw|nose|leg|rib)|fractur\w+|concuss\w+|burns unit|wheelchair|deaf|blind|disabilit\w+|intellectually disabled|terminal|palliative|hospice|mmr|failure to thrive|wetting the bed|"
        r"mate huka|mate pukupuku|mauiui|puke lahi|ma'i|turoro|hohipera"
    ),
    "mental_health": (
        r"suicid\w+|self[- ]?harm\w*|cutting|cut herself|cut himself|overdos\w+|od'?d|took (?:her|his|their) (?:own )?life|take (?:her|his|their) (?:own )?life|depress\w+|anxiety|psychosis|psychotic|schizo\w+|bipolar|bpd|ptsd|sectioned|mental health act|mh act|"
        r"under the mha|eating disorder|anorexi\w+|bulimi\w+|breakdown|hallucinat\w+|hearing voices|manic|edinburgh score|respite|whakamomori|hopeless|panic attacks?|camhs|icamhs"
    ),
    "harm": (
        r"(?:is|was|been|gets?|being|keeps?) (?:hitting|hit|beat\w*|bashed|strangled|chok\w+|punch\w+|kick\w+|threaten\w+)|hit (?:her|him|his|me|them|partner)|hitting (?:her|him|them)|bash(?:ed|ing)|strang\w+|chok(?:ed|ing) (?:her|him)|assault\w*|abus\w+|"
        r"rape[d]?|raping|molest\w*|sexual(?:ly)?(?: harm| abuse| assault| violence)?|touched (?:her|him|me|them)|groom(?:ed|ing)|traffick\w+|disclos\w+|evidential|black eye|bruis\w+|smashed|kicked in|held a|violen\w+|victim|stalk\w+|refuge|safe ?house|hiding from|"
        r"(?:scared|afraid|frightened|terrified) of|flinch\w*|neglect\w*|unsafe|threat(?:s|en\w*)?|nudes|sextort\w+|weapon|knife|rifles?|gun|firearms?|stabb\w+|shot|family harm|fvi?r|beaten|belted|patu(?:a)? i|tukino\w*|mataku|fasia|sasa|ta'?ia"
    ),
    "justice": (
        r"arrest\w*|charged|charges|convict\w+|sentenc\w+|prison|jail\w*|inside for|back inside|locked up|remand\w*|custody|bail\w*|ebail|em bail|parole\w*|probation|breach\w*|protection order|pso|police safety order|non-association|trespass\w*|warrants?|"
        r"wanted (?:on|to|for)|curfew|ankle bracelet|bracelet|home d(?:etention)?|iso|edwi|eba|drink[- ]driv\w+|blew \d+|burglar\w+|stole|stealing|theft|ram[- ]?raid\w*|offend\w+|sex offender|offender register|patched|gang|mongrel mob|black power|killer beez|dealing|"
        r"youth court|court|fgc|deport\w+|501|stood down|stand[- ]?down|suspended|excluded|expelled|released?|due out|herehere|whare herehere|kooti|kotareti|falepuipui|pilisone|disq\w*"
    ),
    "substance": (
        r"meth|on (?:the )?p\b|p contamination|pipe|using again|relaps\w+|drinking|drunk|alcohol\w*|intoxicat\w+|cannabis|weed|synthetics?|synnies|huffing|addict\w*|rehab|detox|aod|cads|tested positive|drug (?:test|dealer|use)|drugs|vap(?:es|ing)|gambl\w+|pokies|waipiro|inu pia"
    ),
    "care": (
        r"uplift\w*|in care|into care|foster\w*|care and protection|s ?78|s ?101|custody order|parenting order|guardianship|placed with|placement|oranga tamariki (?:has|have|took)|taken off|removed from|supervised (?:contact|access)|adopted|whangai(?:ed)?|"
        r"runaway|run(?:s|ning)? away|ran away|absconded|missing|aged? out|youth justice"
    ),
    "housing": (
        r"homeless\w*|sleeping in|living in (?:the|a|his|her|their) (?:car|van|garage|tent)|in (?:his|her|the|their|a) (?:car|van|tent|garage)|emergency housing|evict\w+|rent arrears|arrears|behind on (?:the )?rent|90[- ]day notice|tenancy tribunal|possession order|hoard\w*|no fixed abode|nfa|"
        r"couch ?surf\w*|overcrowd\w*|kaore (?:he|ona) whare|power (?:is )?(?:disconnected|off|cut)|no food|no power|food (?:grant|parcel)|abatement"
    ),
    "benefit": (
        r"benefit(?:s)?(?: got| was| has been| is)? (?:cut|stopped|suspended|cancelled)|benefit cut|sickness benefit|on (?:the )?(?:dpb|jobseeker|sole parent|supported living|youth payment|benefit|dole)|supported living payment|jobseeker|hardship|debt to (?:msd|winz)|in debt|bankrupt\w*|loan shark|"
        r"lost (?:his|her|their) job|made redundant|sacked|unemployed|child support|not on the right rate|declined (?:a|her|his|their|twice)|owes|couldn'?t pay|can'?t pay|cant pay"
    ),
    "family": (
        r"gay|lesbian|bisexual|trans(?:gender|itioning)?|come out|came out|coming out|not out|boyfriend|affair|separat(?:ed|ion)|divorc\w+|split up|left him|left her|kicked out|custody battle|died|passed(?: away)?|killed|drowned|funeral|tangi\b|bereave\w*|grieving|kua mate|mate te|"
        r"lost (?:her|his|their|pepi|the baby)|not (?:his|her) real (?:dad|father|mum)|paternity|visa|overstay\w*|immigration status|undocumented|refugee|arranged marriage|forced marriage|pregnant to|teen (?:mum|parent)"
    ),
}  # fmt: skip
_CLAUSE_END = re.compile(r"[.;,!?\n|]|\s[-–]\s|\sand\s")
_WORD_START = re.compile(r"(?<![A-Za-z])[A-Za-z\d]")


def find_circumstances(text: str) -> Iterator[Candidate]:
    """Sensitive words with the rest of their clause; whether they are about a person is decided elsewhere."""
    done = 0
    for start in _WORD_START.finditer(text):
        pattern = _by_initial().get(start[0].lower())
        found = pattern.match(text, start.start()) if pattern and start.start() >= done else None
        if found:
            end = _CLAUSE_END.search(text, found.end())
            done = end.start() if end else len(text)
            yield Candidate(
                "sensitive_detail", found.start(), done, 0.5, found.lastgroup or "health"
            )


def subkinds(text: str) -> tuple[str, ...]:
    """Sub-kinds the folded text touches."""
    return tuple(dict.fromkeys(one.rule for one in find_circumstances(text)))


@cache
def _by_initial() -> dict[str, re.Pattern[str]]:
    """One pattern for each first letter: a word is tried against few alternatives instead of all."""
    listed: dict[str, dict[str, list[str]]] = {}
    for kind, alternatives in _SUBKINDS.items():
        for alternative in split(alternatives):
            for initial in initials(alternative):
                listed.setdefault(initial, {}).setdefault(kind, []).append(alternative)
    return {
        initial: re.compile("(?:" + "|".join(f"(?P<{kind}>{'|'.join(words)})" for kind, words in kinds.items()) + ")(?![a-z])", re.IGNORECASE)
        for initial, kinds in listed.items()
    }  # fmt: skip
