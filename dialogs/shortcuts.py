"""Slash commands: what a platform's menu sends. Each stands for an intent, in both languages."""

from collections.abc import Mapping

SHORTCUTS: Mapping[str, str] = {
    "/start": "how_it_works",
    "/help": "how_it_works",
    "/hulp": "how_it_works",
    "/stand": "lead_status",
    "/status": "lead_status",
    "/aanbod": "ask_leads",
    "/work": "ask_leads",
    "/pauze": "pause",
    "/pause": "pause",
    "/verder": "resume",
    "/resume": "resume",
    "/stop": "leave",
    "/gegevens": "my_data",
    "/mydata": "my_data",
    "/annuleer": "cancel",
    "/cancel": "cancel",
    "/terug": "undo",
    "/undo": "undo",
    "/mens": "talk_to_human",
    "/human": "talk_to_human",
    "/woordenlijst": "show_vocabulary",
    "/vocabulary": "show_vocabulary",
    "/collectief": "switch_collective",
    "/collective": "switch_collective",
    "/koppel": "link_account",
    "/link": "link_account",
    "/hier": "prefer_here",
    "/here": "prefer_here",
}
