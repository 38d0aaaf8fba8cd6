"""What can go wrong when a protocol is read.

ProtocolError           anything below; `str()` is one line naming what, where and the next step
├── NotADocx            not a Word document (PDF, old .doc, encrypted, truncated, not a zip ...)
├── UnsafeDocx          a Word document that must not be opened (bomb, duplicate part, DTD ...)
└── NothingToRead       a Word document without a clause
"""


class ProtocolError(Exception):
    """A file that cannot be read as a protocol; the message is fit to show to its sender."""


class NotADocx(ProtocolError):
    """The bytes are no Word document."""


class UnsafeDocx(ProtocolError):
    """The bytes are a Word document built to harm a reader."""


class NothingToRead(ProtocolError):
    """The document holds no clause."""
