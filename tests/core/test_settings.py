from pathlib import Path

import pytest
from pydantic import ValidationError

from core.settings import require_valid, settings


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))
    monkeypatch.setenv("PLAYGROUND_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("PLAYGROUND_DOWNLOAD_DEADLINE", "5")
    assert settings().home == tmp_path
    assert settings().data == tmp_path / "data"
    assert settings().download_deadline == 5


def test_nothing_set_means_the_platforms_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "DATA", "DOWNLOAD_DEADLINE"):
        monkeypatch.setenv(f"PLAYGROUND_{name}", "")  # an empty variable is no setting
    assert settings().home.name == "deep-learning-playground"
    assert settings().data is None


def test_nonsense_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYGROUND_DOWNLOAD_DEADLINE", "-1")
    with pytest.raises(ValidationError):
        settings()


def test_a_server_with_nonsense_ends_with_a_sentence_for_each(monkeypatch: pytest.MonkeyPatch) -> None:
    require_valid()
    monkeypatch.setenv("PLAYGROUND_RUNS_AT_ONCE", "none")
    monkeypatch.setenv("PLAYGROUND_CLUSTER", "over there")
    with pytest.raises(SystemExit) as end:
        require_valid()
    said = str(end.value).splitlines()
    assert "PLAYGROUND_CLUSTER=over there: String should match pattern" in "".join(said)
    assert any(line.startswith("PLAYGROUND_RUNS_AT_ONCE=none: Input should be a valid integer") for line in said)
    assert said[-1] == "README.md says what each setting may be."


@pytest.mark.parametrize("text", ["*", "nginx", "10.0.0.1/8", "10.0.0.0/24; fd00::1"])
def test_proxies_are_addresses_or_networks(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("PLAYGROUND_TRUSTED_PROXIES", "10.0.0.0/24, fd00::1,")
    assert settings().trusted_proxies
    monkeypatch.setenv("PLAYGROUND_TRUSTED_PROXIES", text)
    with pytest.raises(ValidationError):
        settings()
