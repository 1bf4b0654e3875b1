"""A word taught in one collective is read there at once, by every process, and nowhere else."""

from dialogs import commands as do
from nlu import Context
from nlu.vocabulary import Vocabulary, Word
from tests.app.stage import Remembering, incoming, staged
from tests.app.test_together import another

PM = Word("pm", "role", "programmamanager")


def known_to(reader: Remembering) -> Vocabulary:
    """The vocabulary with which the last message was read."""
    _, context = reader.read_so_far[-1]
    assert isinstance(context, Context)
    return context.vocabulary


def test_a_lesson_stays_in_its_own_collective(database_url: str) -> None:
    with staged(database_url) as stage:
        stage.found("Noord", "mieke", "kees")
        stage.found("Zuid", "anna")
        stage.presses("mieke", stage.button("mieke", do.TeachWord("pm", "programmamanager", "role")))

        stage.says("kees", "hallo")
        assert known_to(stage.reader).words == (PM,)

        stage.says("anna", "hallo")
        assert known_to(stage.reader).words == ()


def test_another_process_reads_a_lesson_and_its_end_at_once(database_url: str) -> None:
    reader = Remembering({})
    with staged(database_url) as stage, another(stage, reader) as second:
        stage.found("Noord", "mieke", "kees")
        for command, words in (
            (do.TeachWord("pm", "programmamanager", "role"), (PM,)),
            (do.ForgetWord("pm"), ()),
            (do.TeachWord("pgo", "adviseur", "role"), (Word("pgo", "role", "adviseur"),)),
        ):
            stage.presses("mieke", stage.button("mieke", command))
            second.hear(incoming("kees", text="hallo"), stage.now)
            assert known_to(reader).words == words


def test_an_unchanged_vocabulary_is_read_once(database_url: str) -> None:
    with staged(database_url) as stage:
        stage.found("Noord", "mieke")
        stage.presses("mieke", stage.button("mieke", do.TeachWord("pm", "programmamanager", "role")))
        stage.says("mieke", "een")
        first = known_to(stage.reader)
        stage.says("mieke", "twee")

        assert known_to(stage.reader) is first
