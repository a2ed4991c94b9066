"""Papers from templates of a code, drawn as HTML, PDF, Word and JSON.

Import from the modules: `definition` (what a code says of a paper), `template` (compose a paper),
`rendering` (all formats at once), `word_template` (the organisation's Word template).
"""
