"""The pipeline, built once and read from many times: a text goes in, its meaning comes out."""

from spacy.language import Language
from spacy.vocab import Vocab

from nlu.components import FACTORIES
from nlu.components.dates import CONTEXT
from nlu.components.intent import IntentFinder
from nlu.components.language import detect
from nlu.components.words import LANGUAGE
from nlu.meaning import Context, LanguageCode, Meaning
from nlu.shaping import shape
from nlu.shaping.findings import Findings
from nlu.tokenizer import Tokenizer


def build_pipeline() -> Language:
    """Assemble a spaCy pipeline from our own components, in reading order; one for all languages."""
    nlp = Language(Vocab(lex_attr_getters={}))  # nothing here asks for the shape or prefix of a word
    nlp.tokenizer = Tokenizer(nlp.vocab)
    for name, factory in FACTORIES.items():
        Language.factory(name, func=factory)
        nlp.add_pipe(name)
    return nlp


class Reader:
    """Reads Dutch and English. To be used from one thread at a time."""

    def __init__(self) -> None:
        self._nlp = build_pipeline()
        self._components = [component for _, component in self._nlp.pipeline]
        self._intents = IntentFinder()

    def read(self, text: str, context: Context) -> Meaning:
        """Say what a text means to someone who reads it in this context; any text at all has a meaning."""
        if not text.isascii():
            # JSON can bring half a surrogate pair, which nothing can store or hash; a "?" keeps every place.
            text = text.encode("utf-8", "replace").decode()
        language: LanguageCode = detect(text, context.language)
        with self._nlp.vocab.memory_zone():  # that of the pipeline would first ask each part for its own
            doc = self._nlp.make_doc(text)
            doc.user_data[CONTEXT] = context
            doc.user_data[LANGUAGE] = language
            doc = self._intents(doc)
            for (
                component
            ) in self._components:  # what calling the pipeline does, less its checks for each part
                doc = component(doc)
            return shape(Findings.of(doc))
