"""Working Days, months, and the holidays behind them.

Import from the modules, so that who only needs a Month does not load the holiday tables:
`months` (Month), `working_days` (WorkingDayCalendar, Ends), `corrections` (Correction),
`spans` (Ends), `places` (whose holidays); `day_table`, `day_columns` and `column_counts` are the
arithmetic underneath.
"""
