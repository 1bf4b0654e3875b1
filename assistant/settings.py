"""The environment, read once into one frozen object. The only place that looks at it."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import dotenv_values
from dotenv.parser import parse_stream

from assistant.errors import SettingsError

PREFIX = "SEINTJE_"
TELEGRAM_API = "https://api.telegram.org/bot"
GRAPH_API = "https://graph.facebook.com/v23.0"
DATABASES = ("sqlite://", "sqlite+pysqlite://", "postgresql://", "postgresql+psycopg://")
LAST_PORT = 65_535


@dataclass(frozen=True, slots=True)
class WhatsApp:
    """A number of the Cloud API. `repr` shows no secrets."""

    token: str
    phone_id: str
    app_secret: str
    verify_token: str
    template: str = "seintje_bericht"
    api_url: str = GRAPH_API

    def __repr__(self) -> str:
        """For logs: which number, no secrets."""
        return f"WhatsApp({self.phone_id})"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the database is, which channels are on, and where the web page listens. `repr` never shows the token."""

    database_url: str
    telegram_token: str | None = None
    telegram_api_url: str = TELEGRAM_API
    web_host: str = "127.0.0.1"
    web_port: int = 8000
    public_url: str | None = None
    telegram_webhook_url: str | None = None
    telegram_webhook_secret: str | None = None
    log_format: str = "text"
    whatsapp: WhatsApp | None = None
    has_postings: bool = False

    def __repr__(self) -> str:
        """For logs: what is on, no secrets."""
        scheme = self.database_url.split(":", 1)[0]
        return f"Settings(database={scheme}, telegram={'on' if self.telegram_token else 'off'}, port={self.web_port})"


def read(environ: Mapping[str, str] | None = None, env_file: Path | None = None) -> Settings:
    """Settings from the environment, and from `env_file` for what the environment does not name.

    Raises SettingsError, with the line or the name, for a file or a value that cannot be used.
    """
    values = _file_values(env_file or Path(".env")) | dict(os.environ if environ is None else environ)
    url = values.get(f"{PREFIX}DATABASE_URL", "").strip() or default_database_url(values)
    if not url.startswith(DATABASES):
        raise SettingsError(f"{PREFIX}DATABASE_URL should start with sqlite:// or postgresql://")
    api = values.get(f"{PREFIX}TELEGRAM_API_URL", "").strip() or TELEGRAM_API
    if not api.startswith(("http://", "https://")) or not api.endswith("/bot"):
        raise SettingsError(f"{PREFIX}TELEGRAM_API_URL should be a web address that ends in /bot")
    token = values.get(f"{PREFIX}TELEGRAM_TOKEN", "").strip() or None
    if token and (":" not in token or any(c.isspace() for c in token)):
        raise SettingsError(
            f"{PREFIX}TELEGRAM_TOKEN does not look like a bot token (numbers, a colon, letters)"
        )
    host = values.get(f"{PREFIX}WEB_HOST", "").strip() or "127.0.0.1"
    public = values.get(f"{PREFIX}PUBLIC_URL", "").strip() or None
    if public and not public.startswith(("http://", "https://")):
        raise SettingsError(f"{PREFIX}PUBLIC_URL should be a web address, such as https://seintje.example")
    hook = values.get(f"{PREFIX}TELEGRAM_WEBHOOK_URL", "").strip() or None
    secret = values.get(f"{PREFIX}TELEGRAM_WEBHOOK_SECRET", "").strip() or None
    return Settings(
        url,
        token,
        api,
        host,
        _port(values.get(f"{PREFIX}WEB_PORT", "")),
        public,
        hook and webhook_address(hook),
        secret and _webhook_secret(secret),
        _log_format(values.get(f"{PREFIX}LOG", "")),
        _whatsapp(values),
        _is_on("POSTINGS", values),
    )


def webhook_address(text: str) -> str:
    """An address Telegram can bring updates to. Raises SettingsError for another."""
    if not text.startswith("https://") or len(urlsplit(text).path) < 2:
        raise SettingsError(
            "a webhook address starts with https:// and has a path of its own, such as https://seintje.example/telegram"
        )
    return text


def data_folder(environ: Mapping[str, str] | None = None) -> Path:
    """The user's own folder for our files, made when it is not there."""
    values = os.environ if environ is None else environ
    base = values.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    folder = Path(base) / "seintje"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def default_database_url(environ: Mapping[str, str] | None = None, name: str = "seintje.db") -> str:
    """An SQLite file in the user's data folder."""
    return f"sqlite:///{data_folder(environ) / name}"


def _file_values(path: Path) -> dict[str, str]:
    """What a `.env` file says; a line that cannot be read is an error, not a silence."""
    if not path.is_file():
        return {}
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise SettingsError(f"{path.name} cannot be read as text") from fault
    for binding in parse_stream(StringIO(text)):
        if binding.error:
            raise SettingsError(f"{path.name}, line {binding.original.line}: expected NAME=value")
    found = dotenv_values(stream=StringIO(text), interpolate=False)
    return {name: value for name, value in found.items() if value is not None}


def _whatsapp(values: Mapping[str, str]) -> WhatsApp | None:
    """All of it or nothing: a number without its secret would let anybody speak for anybody."""
    needed = {
        name: values.get(name, "").strip()
        for name in (
            f"{PREFIX}WHATSAPP_TOKEN",
            f"{PREFIX}WHATSAPP_PHONE_ID",
            f"{PREFIX}WHATSAPP_APP_SECRET",
            f"{PREFIX}WHATSAPP_VERIFY_TOKEN",
        )
    }
    if not any(needed.values()):
        return None
    if missing := [name for name, value in needed.items() if not value]:
        raise SettingsError(f"WhatsApp also needs {', '.join(missing)}")
    token, phone_id, app_secret, verify_token = needed.values()
    if not phone_id.isdecimal():
        raise SettingsError(f"{PREFIX}WHATSAPP_PHONE_ID should be the id of the number, digits only")
    api = values.get(f"{PREFIX}WHATSAPP_API_URL", "").strip() or GRAPH_API
    if not api.startswith(("http://", "https://")):
        raise SettingsError(f"{PREFIX}WHATSAPP_API_URL should be a web address")
    template = values.get(f"{PREFIX}WHATSAPP_TEMPLATE", "").strip() or "seintje_bericht"
    return WhatsApp(token, phone_id, app_secret, verify_token, template, api)


def _webhook_secret(text: str) -> str:
    if not re.fullmatch(r"[\w-]{16,256}", text, re.ASCII):
        raise SettingsError(
            f"{PREFIX}TELEGRAM_WEBHOOK_SECRET should be 16 to 256 letters, digits, - and _ (or left out)"
        )
    return text


def _log_format(text: str) -> str:
    wanted = text.strip() or "text"
    if wanted not in ("text", "json"):
        raise SettingsError(f"{PREFIX}LOG should be text or json")
    return wanted


def _is_on(name: str, values: Mapping[str, str]) -> bool:
    said = values.get(f"{PREFIX}{name}", "").strip() or "off"
    if said not in ("on", "off"):
        raise SettingsError(f"{PREFIX}{name} should be on or off")
    return said == "on"


def _port(text: str) -> int:
    if not text.strip():
        return 8000
    if not text.strip().isdecimal() or not 0 < int(text) <= LAST_PORT:
        raise SettingsError(f"{PREFIX}WEB_PORT should be a number from 1 to {LAST_PORT}")
    return int(text)
