"""The words and turns of phrase that the generated legal texts are made of: our own drafting."""


def _listed(phrases: str) -> list[str]:
    return phrases.split("|")


TERMS = _listed(
    "Party|Panel|Change Board|Code Administrator|DCC|User|Network Party|Supplier Party|Device|"
    "Security Sub-Committee|Smart Metering System|Communications Hub|Registration Data Provider|"
    "Service Request|Modification Proposal|Modification Report|Working Group|Relevant Instrument|"
    "Subscriber|Certificate Policy|Test Participant|Charging Statement|Credit Support|Invoice|"
    "Manufacturer|Responsible Supplier|Import Supplier|Gas Supplier|Meter Asset Provider|"
    "Independent Assessor|Technical Specification|Authority|Secretariat|Fast-Track Modification|"
    "Firmware|Known Remaining Party|Enrolled Device|Pending Product List|Disaster Recovery Event|"
    "Planned Maintenance|Incident|Problem|Service Level|Privacy Assessment|Data Retention Policy"
)

SUBJECTS = _listed(
    "each {t}|any {t}|the {t}|a {t} which is not a {t}|the {t} and each {t}|no {t}|"
    "a {t} that has given notice to the {t}|every {t} of that Party Category|"
    "the {t} acting on behalf of the {t}|any person appointed by the {t}"
)

MODALS = _listed(
    "shall|may|shall not|must|is not required to|shall be entitled to|shall use all reasonable "
    "endeavours to|shall take all reasonable steps to|shall procure that it will|may from time to "
    "time"
)

VERBS = _listed(
    "notify|provide a copy of the {t} to|publish on the {t} website|consult with|establish and "
    "maintain|keep under review|submit to the {t} a report on|comply with the requirements of|"
    "retain records of|make available to the {t}|determine the validity of|refer to the {t}|"
    "withdraw its consent to|reimburse the reasonable costs of|test the interoperability of|"
    "investigate the cause of|remove from the register|apply for the appointment of|"
    "suspend the rights of|charge for the use of|have regard to the views of|validate"
)

OBJECTS = _listed(
    "any {t}|the {t}|each {t} affected|the {t} concerned|all information held on the {t}|"
    "that part of the {t}|the results of the {t}|the process set out in the {t}|"
    "any dispute arising from a {t}|the obligations of the {t}|the estimated cost of the {t}|"
    "a {t} relating to a {t}|such proportion of the charges as relates to the {t}"
)

QUALIFIERS = _listed(
    "within {n} Working Days of receipt|as soon as reasonably practicable|in accordance with Good "
    "Industry Practice|subject to the agreement of the {t}|for the purposes of this Section|unless "
    "the {t} directs otherwise|from the date on which the {t} takes effect|by no later than "
    "{n}:00 hours on the day in question|to the extent permitted by the {t}|in such manner as "
    "the {t} may reasonably require|without prejudice to any other remedy|during the period of "
    "{n} months beginning with the date of that notice|in respect of each {t} with a value over "
    "£{n},000|where the {t} has failed to do so|after consultation with the {t}|at the cost of "
    "the {t}|(save to the extent that the {t} has agreed otherwise in writing)|"
    "together with its reasons for that decision|having given not less than {n} days' notice|"
    "as referred to in {r}|pursuant to {r}|notwithstanding {r}"
)

ITEMS = _listed(
    "the {t};|any {t} that holds a {t};|a description of the {t} and of the {t};|the date on which "
    "the {t} became aware of the {t};|{n} copies of the {t};|whether the {t} has been {v};|"
    "the reasons why the {t} considers that the {t} should be {v};|a summary of the {t} received "
    "from the {t};|where a {t} has been {v}, the name of the {t};|the {t} has been {v} by the {t};"
)

PARTICIPLES = _listed(
    "approved|rejected|withdrawn|suspended|modified|replaced|certified|commissioned|validated|"
    "superseded|notified|consulted|decommissioned|installed"
)

HEADINGS = _listed(
    "Interpretation|Duties of the {t}|Appointment of the {t}|Notices|Records of the {t}|"
    "Withdrawal of a {t}|Review of the {t}|Charges for the {t}|Confidentiality|Disputes|"
    "Changes to the {t}|Reports by the {t}|Rights of the {t}|General|Testing of the {t}|"
    "Security of the {t}|Membership of the {t}|Proceedings of the {t}"
)

BOILERPLATE = _listed(
    "[Not Used]|[Not Used]|[Not Used]|and|or|the Panel; and|the DCC;|any other Party;|"
    "each User; and|the Authority.|Each Party shall comply with this Section.|"
    "This Section applies to the DCC and to each User.|"
    "The Panel shall publish its decision as soon as reasonably practicable.|"
    "The provisions of Section M (General) shall apply for the purposes of this Section.|"
    "Nothing in this Section shall limit the liability of any Party for fraud."
)

NEW_WORDS = _listed(
    "promptly|written|material|relevant|additional|interim|accurate|adequate|annual|prior|valid|"
    "electronic|urgent|final|draft|independent|external|regional|permanent|temporary|nominated|"
    "revised|consolidated|reasonable|proportionate|twelve|thirty|forthwith|jointly|severally"
)
