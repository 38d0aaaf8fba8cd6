"""Every word a person sees that is not a quotation. Plain New Zealand English, ready for translation.

Use it as one: `from cards import wording`. It is divided by what the words are about.
"""

from cards.wording.answers import *
from cards.wording.meetings import *
from cards.wording.notices import *
from cards.wording.protocols import *
from cards.wording.reviews import *
from cards.wording.shared import *
from cards.wording.talking import *
