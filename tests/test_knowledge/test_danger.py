"""Words of immediate danger are never missed."""

import pytest

from knowledge.danger import speaks_of_danger

DANGERS = [
    "shes got a knife", "he's going to kill her", "kei te mōrearea te tamaiti", "he has a gun", "hes got a kinfe",
    "she's suicidle", "he's outside her house right now", "kei te patu ia i tana wahine", "he'll kill them",
    "dad is beating mum up", "baby isn't breathing", "he threatened to shoot her tonight", "she took all her pills",
    "kid says he'll stab his teacher", "āwhina mai", "he's got her by the throat", "theres blood everywhere",
    "kua tae mai ia me te pū", "hes trying to kick the door in", "I'm scared he'll hurt the baby",
    "he is at the school with a machete", "he said he'd burn the house down with them in it",
]  # fmt: skip
CALM = [
    "can i record this", "what may police share about family harm callouts", "teams keeps kicking me out",
    "who do i ring about a breach", "e hia te roa e pupuri ai i ngā kōrero", "does MSD share emergency housing dates",
    "is firearms licence status shared with corrections", "thanks, that answers it", "how long do we keep notes",
]  # fmt: skip


@pytest.mark.parametrize("text", DANGERS)
def test_danger_is_heard(text: str) -> None:
    assert speaks_of_danger(text)


@pytest.mark.parametrize("text", CALM)
def test_calm_questions_raise_no_alarm(text: str) -> None:
    assert not speaks_of_danger(text)
