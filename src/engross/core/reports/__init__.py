"""Figures, the tables and checks behind them, and the papers that print them.

Import from the modules: `tables` (Table), `figures` (figure, Asking, Answer), `checks` (check),
`papers` (Paper and its blocks), `numbering`, `freezing`, `publication` (ours beside published).
"""
