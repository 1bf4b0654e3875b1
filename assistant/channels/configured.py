"""Which channels are on, and the door they share: made from the settings once, when `seintje run` starts."""

from functools import partial

from starlette.routing import Route

from assistant.app import App
from assistant.channels import site
from assistant.channels.service import Beside
from assistant.channels.telegram import TelegramChannel
from assistant.channels.telegram_hook import TelegramWebhook
from assistant.channels.whatsapp import WhatsAppChannel
from assistant.messages import Channel
from assistant.settings import Settings


def configured(app: App, settings: Settings) -> tuple[list[Channel], Beside | None]:
    """The channels, and the web server where one is needed."""
    channels: list[Channel] = []
    hooks: list[Route] = []
    token, api_url, url = settings.telegram_token, settings.telegram_api_url, settings.telegram_webhook_url
    if token is not None and url is not None:
        webhook = TelegramWebhook(app, token, url, settings.telegram_webhook_secret, api_url)
        hooks += webhook.routes
        channels.append(webhook)
    elif token is not None:
        channels.append(TelegramChannel(app, token, api_url))
    if settings.whatsapp is not None:
        whatsapp = WhatsAppChannel(app, settings.whatsapp)
        hooks += whatsapp.routes
        channels.append(whatsapp)
    if not hooks and settings.public_url is None:
        return channels, None
    built = site.build(app, hooks, pages=settings.public_url is not None)
    return channels, partial(site.serve, built, settings)
