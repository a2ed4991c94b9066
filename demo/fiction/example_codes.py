"""What the other guilds of the example code change, and which Motions come first."""

from datetime import date

from demo.fiction.sheets import Sheets, sheet


def guild_sheets() -> Sheets:
    """Return the other guilds' changes, a group of changes, and the places in the row."""
    return {
        "cross-code-changes": sheet(
            "change code reference title raised_on stage affected_codes implementation_state "
            "implementation_on last_updated lead_code",
            [
                ("NWC W014", "night-watch", "W014", "Fictional order: rounds by lamplight",
                 date(2021, 6, 7), "Before the captains", "LC", "unknown", date(2022, 2, 1),
                 date(2021, 9, 1), "night-watch"),
                ("NWC Q021", "night-watch", "Q021", "Fictional question: bells in fog",
                 date(2021, 9, 6), "Asked", "", "unknown", "", date(2021, 9, 6), ""),
                ("CSR S-21", "chimney-sweeps", "S-21", "Fictional rule: soot on lamp glass",
                 date(2021, 5, 3), "Agreed", "LC, NWC", "approved", date(2021, 11, 1),
                 date(2021, 8, 16), ""),
            ],
        ),
        "cross-code-reviews": sheet(
            "change reviewed_on finding grounds",
            [("CSR S-21", date(2021, 8, 23), "possible", "Soot on the glass dims the lamps")],
        ),
        "cross-code-groups": sheet(
            "group title kind lead_code target_on priority priority_on",
            [("ROUNDS", "Fictional rounds by lamplight", "consequential", "night-watch",
              date(2022, 2, 1), "first", date(2021, 9, 6))],
        ),
        "cross-code-members": sheet(
            "group code reference",
            [("ROUNDS", "night-watch", "W014"), ("ROUNDS", "lc", "M/13")],
        ),
        "priority-determinations": sheet(
            "proposal category determined_on body answers grounds review_by lead",
            [
                ("M/12", "waits", date(2021, 8, 16), "lamp-council", "brightness: dim",
                 "No street waits for it", "", ""),
                ("M/13", "first", date(2021, 9, 6), "", "", "Given by the Lead Code", "",
                 "NWC W014"),
                ("M/14", "first", date(2021, 9, 13), "lamp-council", "brightness: bright",
                 "The harbour steps are dark", date(2022, 3, 13), ""),
            ],
        ),
    }  # fmt: skip
