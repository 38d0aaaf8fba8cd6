"""XML names of the Word file formats, in lxml's `{namespace}local` form."""

W_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R_NS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONSHIPS_NS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES_NS = "http://schemas.openxmlformats.org/package/2006/content-types"
CORE_NS = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
CUSTOM_NS = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"

W = f"{{{W_NS}}}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
R = f"{{{R_NS}}}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741 (the namespace's usual prefix)
DS = "{http://schemas.openxmlformats.org/officeDocument/2006/customXml}"

VAL = W + "val"

STRICT = {
    "http://purl.oclc.org/ooxml/wordprocessingml/main": W_NS,
    "http://purl.oclc.org/ooxml/officeDocument/relationships": R_NS,
    "http://purl.oclc.org/ooxml/officeDocument/math": M[1:-1],
    "http://purl.oclc.org/ooxml/officeDocument/customXml": DS[1:-1],
    "http://purl.oclc.org/ooxml/officeDocument/customProperties": CUSTOM_NS,
    "http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes": (
        "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
    ),
    "http://purl.oclc.org/ooxml/officeDocument/extendedProperties": (
        "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    ),
    "http://purl.oclc.org/ooxml/drawingml/main": A[1:-1],
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": WP[1:-1],
}
"""Namespaces of ISO Strict files beside the Transitional ones every reader knows (ISO/IEC 29500-4 annex A)."""
