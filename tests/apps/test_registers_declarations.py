"""What registers declare agrees with what their tables hold and with what codes have."""

import pytest
from django.db import models

from engross.adapters.code_folder import load_code
from engross.apps.registers.queries import active_code, readers_for
from engross.apps.registers.registers import BASIS_COLUMN, all_registers, register_named
from engross.core.registers.cells import CellRefused
from engross.core.registers.columns import Kind
from tests.support.registers import example_row, example_sheets, take

FIELDS = {
    Kind.TEXT: (models.CharField, models.TextField),
    Kind.IDENTIFIER: (models.CharField,),
    Kind.DAY: (models.DateField,),
    Kind.MONTH: (models.DateField,),
    Kind.WHOLE: (models.IntegerField,),
    Kind.DECIMAL: (models.DecimalField,),
    Kind.FLAG: (models.BooleanField,),
    Kind.CHOICE: (models.CharField,),
    Kind.REFERENCE: (models.ForeignKey,),
    Kind.LINK: (models.CharField,),
}
NAMES = [
    "parties", "party-categories", "voting-groups", "party-events", "market-entry", "proposals",
    "proposal-stages", "proposal-holds", "assessments", "decisions", "proposal-impacts",
    "proposal-links", "code-versions", "applicability-decisions", "releases",
    "release-scopes", "proposal-tranches", "meetings", "papers",
    "product-lists", "device-assurance", "helpdesk-contacts", "monthly-series",
    "newsletter-issues", "effort", "highlights", "holiday-corrections", "kept-registers",
    "seat-holdings", "agenda-items",
    "proposal-solutions", "proposal-costs", "proposal-objectives", "alternative-proposals",
    "proposal-documents",
    "industry-consultations",
    "cross-code-changes", "cross-code-reviews", "cross-code-groups", "cross-code-members",
    "priority-determinations",
]  # fmt: skip
EVERY = pytest.mark.parametrize("name", NAMES)


def field_of(register, column):
    return register.model._meta.get_field(column.name)


def test_the_registers_are_those_that_are_promised():
    assert sorted(register.name for register in all_registers()) == sorted(NAMES)


@EVERY
def test_each_column_is_a_field_of_its_kind_with_room_for_it(name):
    register = register_named(name)
    for column in register.all_columns:
        field = field_of(register, column)
        kinds = (models.ForeignKey,) if column.identifies else FIELDS[column.kind]
        assert isinstance(field, kinds), column
        if isinstance(field, models.CharField) and column.kind is not Kind.CHOICE:
            assert field.max_length >= column.longest, column
        if isinstance(field, models.DecimalField):
            assert field.decimal_places == column.places, column


@EVERY
def test_a_column_that_may_be_empty_has_a_field_that_may(name):
    register = register_named(name)
    for column in register.all_columns:
        field = field_of(register, column)
        may_be_empty = field.null or isinstance(field, models.CharField | models.TextField)
        assert column.required or column.default is not None or may_be_empty, column


@EVERY
def test_each_field_of_the_content_is_a_column(name):
    register = register_named(name)
    kept = {"id", "entry", "recorded_at", "superseded_at", "recorded_by", "reason", "import_run",
            "haystack"}  # fmt: skip
    fields = {field.name for field in register.model._meta.concrete_fields} - kept
    assert fields == {column.name for column in register.all_columns}


@EVERY
def test_the_key_is_kept_unique_by_the_database_among_live_rows(name):
    register = register_named(name)
    unique = [
        constraint.fields
        for constraint in register.model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint) and constraint.condition is not None
    ]
    assert tuple(register.key) in unique


@EVERY
def test_what_a_register_names_of_itself_is_there(name):
    register = register_named(name)
    columns = {column.name for column in register.all_columns}
    day = {register.day} - {""}
    marked = register.marked_by
    public = {marked.column, *marked.parties, marked.body} - {""} if marked else set()
    assert {*register.key, *register.order, *register.filters, *day, *public} <= columns
    assert len(name) <= 31, "the name of an Excel sheet"


@EVERY
def test_identities_have_room_for_their_names(name):
    register = register_named(name)
    for column in register.columns:
        owner = register if column.identifies else None
        owner = register_named(column.refers_to) if column.refers_to else owner
        if owner:
            assert column.longest <= owner.identity._meta.get_field("key").max_length, column


@EVERY
@pytest.mark.parametrize("code", ["sec", "example"])
def test_the_lists_that_columns_name_are_lists_of_each_code(name, code):
    lists = load_code(code).lists
    for column in register_named(name).all_columns:
        if column.choices:
            assert column.choices in lists, column
            longest = max((len(option.key) for option in lists[column.choices]), default=0)
            field = field_of(register_named(name), column)
            assert longest <= field.max_length, column


@EVERY
def test_examples_of_choices_are_options_of_the_code(name):
    for column in register_named(name).all_columns:
        if column.choices and column.example:
            assert active_code().match(column.choices, column.example), column


@pytest.mark.django_db
def test_every_template_imports_when_filled_with_its_examples():
    results = take(*example_sheets())

    assert {result.register for result in results if result.added} == set(NAMES)
    assert not any(result.added or result.corrected for result in take(*example_sheets()))


@EVERY
def test_every_required_column_has_an_example(name):
    register = register_named(name)
    row = example_row(register)
    assert [c.name for c in register.columns if c.required and not row[c.name]] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "column", "least", "most"),
    [
        ("assessments", "target_working_days", 1, 2**31 - 1),
        ("proposal-tranches", "sequence", 1, 2**15 - 1),
        ("effort", "days", -(10**7) + 1, 10**7 - 1),
    ],
)
def test_a_number_for_which_the_database_has_no_room_is_refused_in_words(name, column, least, most):
    read = readers_for(register_named(name))[column]
    assert read(str(least)) == least
    assert read(str(most)) == most
    with pytest.raises(CellRefused, match=f"to {most:,}"):
        read(most + 1)
    with pytest.raises(CellRefused, match="number"):
        read(least - 1)


def test_every_register_says_what_its_rows_rest_on():
    assert all(register.all_columns[-1] is BASIS_COLUMN for register in all_registers())
