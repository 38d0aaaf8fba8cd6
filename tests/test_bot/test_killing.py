"""kill -9 at random moments under load: nothing recorded is lost, nothing public is said twice."""

from pathlib import Path

from tests.test_bot.killing import kill_often


async def test_nothing_is_lost_over_twenty_kills(tmp_path: Path) -> None:
    toll = await kill_often(tmp_path, kills=20, seed=20261122)
    print(toll)
    assert (0, 0, 0, 0) == (
        toll.notices_lost,
        toll.scheduled_lost,
        toll.public_repeated,
        toll.parked,
    )
    assert toll.notices_due == toll.notices_recorded
    assert toll.public_missing <= toll.unknown
