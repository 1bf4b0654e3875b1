"""Which channels are on, and the door they share: made from the settings once, when `seintje run` starts."""

from functools import partial

from assistant.app import App
from assistant.channels import door, site
from assistant.channels.door import Hooked
from assistant.channels.service import Beside
from assistant.channels.telegram import TelegramChannel
from assistant.channels.telegram_hook import TelegramWebhook
from assistant.channels.whatsapp import WhatsAppChannel
from assistant.messages import Channel
from assistant.settings import Settings


def configured(app: App, settings: Settings) -> tuple[list[Channel], Beside | None]:
    """The channels, and the web server where one is needed: with a process of its own where platforms come to us.

    Raises SettingsError when its address cannot be used.
    """
    channels: list[Channel] = []
    hooked: list[Hooked] = []
    token, api_url, url = settings.telegram_token, settings.telegram_api_url, settings.telegram_webhook_url
    if token is not None and url is not None:
        webhook = TelegramWebhook(app, token, url, settings.telegram_webhook_secret, api_url)
        channels.append(webhook)
        hooked.append(webhook)
    elif token is not None:
        channels.append(TelegramChannel(app, token, api_url))
    if settings.whatsapp is not None:
        whatsapp = WhatsAppChannel(app, settings.whatsapp)
        channels.append(whatsapp)
        hooked.append(whatsapp)
    built = site.build(app, pages=settings.public_url is not None)
    if hooked:
        return channels, partial(door.opened(app, hooked, settings).attend, built)
    return channels, partial(site.serve, built, settings) if settings.public_url is not None else None
