"""The lock is hashed, names no host, and meets what the project asks for."""

import pytest

from tools.check_lock import faults_of_lock

PYPROJECT = """
[project]
dependencies = ["some-thing[more]==1.2"]
[dependency-groups]
dev = ["tester>=3"]
"""
LOCK = (
    "Some_Thing==1.2 \\\n    --hash=sha256:aa\n"
    "tester==3.1 ; sys_platform == 'linux' \\\n    --hash=sha256:bb\n"
)


def test_a_hashed_lock_that_meets_the_project_is_fine():
    assert faults_of_lock(LOCK, PYPROJECT) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("Some_Thing==1.2", "other==1", "some-thing is missing"),
        ("tester==3.1", "tester==2.9", "tester>=3 is not met by 2.9"),
        (" \\\n    --hash=sha256:bb", "", "tester has no hash"),
        ("Some_Thing", "--index-url https://example.org\nSome_Thing", "it names a host"),
    ],
)
def test_each_fault_of_a_lock_is_told(old, new, told):
    assert any(told in fault for fault in faults_of_lock(LOCK.replace(old, new), PYPROJECT))
