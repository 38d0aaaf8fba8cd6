"""What was agreed: a signed protocol's words, numbers, rules and signatures, read from DOCX bytes."""
