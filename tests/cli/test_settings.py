"""The environment is read once, what cannot be used is named, and a secret is never shown."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from assistant.errors import SettingsError
from assistant.settings import TELEGRAM_API, Settings, read

TOKEN = "123456:GEHEIM-geheim"
PASSWORD = "wachtwoord"
NOTHING = Path("no such file")


def settings(tmp_path: Path, text: str | bytes = "", **environ: str) -> Settings:
    """What is read from these variables and this `.env`."""
    file = tmp_path / ".env"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    names = {f"SEINTJE_{name}": value for name, value in environ.items()}
    return read({"XDG_DATA_HOME": str(tmp_path)} | names, file)


def test_nothing_set(tmp_path: Path) -> None:
    assert settings(tmp_path) == Settings(f"sqlite:///{tmp_path / 'seintje' / 'seintje.db'}")
    assert read({"XDG_DATA_HOME": str(tmp_path)}, NOTHING) == settings(tmp_path)
    assert settings(tmp_path).web_host == "127.0.0.1"


@pytest.mark.parametrize(
    ("text", "environ", "name", "value"),
    [
        pytest.param("SEINTJE_TELEGRAM_TOKEN=1:a\n", {}, "telegram_token", "1:a", id="from the file"),
        pytest.param(
            "export SEINTJE_TELEGRAM_TOKEN='1:a'", {}, "telegram_token", "1:a", id="as a shell has it"
        ),
        pytest.param("# SEINTJE_TELEGRAM_TOKEN=1:a", {}, "telegram_token", None, id="a comment"),
        pytest.param("SEINTJE_WEB_PORT=1", {"WEB_PORT": "2"}, "web_port", 2, id="the environment goes first"),
        pytest.param("", {"TELEGRAM_TOKEN": " 1:a "}, "telegram_token", "1:a", id="blanks around"),
        pytest.param("", {"TELEGRAM_TOKEN": "  "}, "telegram_token", None, id="blank is unset"),
        pytest.param("", {"TELEGRAM_API_URL": ""}, "telegram_api_url", TELEGRAM_API, id="the official API"),
        pytest.param(
            "",
            {"TELEGRAM_API_URL": "http://x:8081/bot"},
            "telegram_api_url",
            "http://x:8081/bot",
            id="own API",
        ),
        pytest.param("", {"WEB_HOST": "0.0.0.0"}, "web_host", "0.0.0.0", id="host"),
        pytest.param("", {"WEB_PORT": "65535"}, "web_port", 65535, id="last port"),
        pytest.param("", {"POSTINGS": " on "}, "has_postings", True, id="on"),
        pytest.param("", {"POSTINGS": "off"}, "has_postings", False, id="off"),
        pytest.param("", {"DATABASE_URL": "sqlite:///x.db"}, "database_url", "sqlite:///x.db", id="SQLite"),
        pytest.param(
            "",
            {"DATABASE_URL": "postgresql+psycopg://a@/b"},
            "database_url",
            "postgresql+psycopg://a@/b",
            id="PostgreSQL",
        ),
        pytest.param(
            "A=${B}\nSEINTJE_TELEGRAM_TOKEN=1:$B", {}, "telegram_token", "1:$B", id="nothing is filled in"
        ),
    ],
)
def test_settings(text: str, environ: Mapping[str, str], name: str, value: object, tmp_path: Path) -> None:
    assert getattr(settings(tmp_path, text, **environ), name) == value


WHATSAPP = {
    "WHATSAPP_TOKEN": "GEHEIM",
    "WHATSAPP_PHONE_ID": "12",
    "WHATSAPP_APP_SECRET": "GEHEIM",
    "WHATSAPP_VERIFY_TOKEN": "GEHEIM",
}


def test_whatsapp_is_all_or_nothing(tmp_path: Path) -> None:
    found = settings(tmp_path, **WHATSAPP).whatsapp

    assert found is not None
    assert (found.phone_id, found.template) == ("12", "seintje_bericht")
    assert "GEHEIM" not in repr(settings(tmp_path, **WHATSAPP)) + repr(found)


@pytest.mark.parametrize(
    ("text", "environ", "says"),
    [
        pytest.param("SEINTJE_WEB_PORT=1\nwat is dit\n", {}, "line 2", id="a broken line"),
        pytest.param("A='open\n", {}, "line 1", id="a quote that never ends"),
        pytest.param(b"\xff\xfe\x00", {}, "cannot be read as text", id="no text"),
        pytest.param("", {"WEB_PORT": "zes"}, "WEB_PORT", id="a port that is no number"),
        pytest.param("", {"WEB_PORT": "²"}, "WEB_PORT", id="a superscript"),
        pytest.param("", {"WEB_PORT": "0"}, "WEB_PORT", id="port 0"),
        pytest.param("", {"WEB_PORT": "65536"}, "WEB_PORT", id="port 65536"),
        pytest.param("", {"WEB_PORT": "-1"}, "WEB_PORT", id="a negative port"),
        pytest.param("", {"DATABASE_URL": "seintje.db"}, "DATABASE_URL", id="a bare file name"),
        pytest.param("", {"DATABASE_URL": f"mysql://u:{PASSWORD}@h/x"}, "DATABASE_URL", id="MySQL"),
        pytest.param(
            "",
            {"DATABASE_URL": f"postgresql+psycopg2://u:{PASSWORD}@h/x"},
            "DATABASE_URL",
            id="a driver we lack",
        ),
        pytest.param("", {"TELEGRAM_TOKEN": "GEHEIM"}, "TELEGRAM_TOKEN", id="no token"),
        pytest.param("", {"TELEGRAM_TOKEN": "1:GEHEIM en meer"}, "TELEGRAM_TOKEN", id="a token with blanks"),
        pytest.param("", {"TELEGRAM_API_URL": "http://x/"}, "TELEGRAM_API_URL", id="no Bot API"),
        pytest.param("", {"TELEGRAM_WEBHOOK_URL": "http://x/hook"}, "https", id="a webhook in the open"),
        pytest.param(
            "", {"TELEGRAM_WEBHOOK_URL": "https://x"}, "path of its own", id="a webhook without a path"
        ),
        pytest.param("", {"TELEGRAM_WEBHOOK_SECRET": "GEHEIM"}, "WEBHOOK_SECRET", id="a short secret"),
        pytest.param("", {"WHATSAPP_TOKEN": "GEHEIM"}, "WHATSAPP_PHONE_ID, .*SECRET", id="half a WhatsApp"),
        pytest.param(
            "", WHATSAPP | {"WHATSAPP_PHONE_ID": "+31"}, "WHATSAPP_PHONE_ID", id="a number for an id"
        ),
        pytest.param("", WHATSAPP | {"WHATSAPP_API_URL": "x"}, "WHATSAPP_API_URL", id="no Cloud API"),
        pytest.param("", {"LOG": "xml"}, "LOG", id="no form of log lines"),
        pytest.param("", {"TELEGRAM_API_URL": "ftp://x/bot"}, "TELEGRAM_API_URL", id="no web address"),
    ],
)
def test_what_cannot_be_used_is_named(
    text: str, environ: Mapping[str, str], says: str, tmp_path: Path
) -> None:
    with pytest.raises(SettingsError, match=says) as caught:
        settings(tmp_path, text, **environ)

    assert "GEHEIM" not in str(caught.value)
    assert PASSWORD not in str(caught.value)


def test_secrets_are_not_shown(tmp_path: Path) -> None:
    url = f"postgresql://anna:{PASSWORD}@db/seintje"
    shown = repr(settings(tmp_path, TELEGRAM_TOKEN=TOKEN, DATABASE_URL=url))

    assert TOKEN not in shown
    assert PASSWORD not in shown
    assert "telegram=on" in shown
