"""先来后到 (P9): nobody who waits is overtaken, and a turn that ends in an error is handed on."""

import threading

import pytest

from gongkai.portal.intake.turns import Turn


def test_who_came_first_is_first():
    turn, order, threads = Turn(), [], []

    def wait(number):
        with turn:
            order.append(number)

    with turn:
        for number in range(20):
            threads.append(threading.Thread(target=wait, args=(number,)))
            threads[-1].start()
            while len(turn._waiting) <= number:
                pass
    for thread in threads:
        thread.join()

    assert order == list(range(20))


def test_an_error_hands_it_on():
    turn = Turn()

    with pytest.raises(ValueError, match="wrong"), turn:
        raise ValueError("wrong")
    with turn:
        assert turn._taken
    assert not turn._taken
