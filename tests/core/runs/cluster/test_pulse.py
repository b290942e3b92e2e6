from core.runs.cluster.pulse import ASKED, FRESH, HANGS, Pulse


def test_a_question_follows_an_answer_and_an_answer_counts_for_a_while() -> None:
    pulse = Pulse()
    assert pulse.is_due(0)
    assert not pulse.is_fresh(0)
    pulse.asked = 0
    assert not pulse.is_due(1)
    pulse.answer(1)
    assert not pulse.is_due(1 + ASKED / 2)
    assert pulse.is_due(1 + ASKED)
    assert pulse.is_fresh(1 + FRESH)
    assert not pulse.is_fresh(1 + FRESH + 0.1)


def test_only_who_has_answered_before_can_hang() -> None:
    starts, works = Pulse(asked=0), Pulse()
    works.answer(0)
    assert not works.hangs(10 * HANGS)  # nobody has asked
    works.asked = 0
    assert not works.hangs(HANGS - 1)
    assert works.hangs(HANGS)
    assert not starts.hangs(10 * HANGS)
