"""Presidio with the rules it is given, in an environment of its own: texts in, MB a CPU-second out.

Started by `bench.scanning`; knows nothing of the product.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import time


def main() -> None:
    """One rate on the last line of stdout, the best of three as ours."""
    import spacy
    from presidio_analyzer import AnalyzerEngine, Pattern, PatternRecognizer, RecognizerRegistry
    from presidio_analyzer.nlp_engine import SpacyNlpEngine

    class Blank(SpacyNlpEngine):  # type: ignore[misc]
        """Presidio's own engine with the cheapest model there is: characters as tokens."""

        def __init__(self) -> None:
            super().__init__()
            self.nlp = {"zh": spacy.blank("zh")}

    logging.disable(logging.WARNING)
    given = json.load(sys.stdin)
    registry = RecognizerRegistry(supported_languages=["zh"])
    for name, pattern in given["rules"].items():
        plain = re.sub(r"\\x\{([0-9a-f]+)\}", lambda hit: chr(int(hit[1], 16)), pattern)
        rule = PatternRecognizer(
            name.upper(), patterns=[Pattern(name, plain, 0.9)], supported_language="zh"
        )
        registry.add_recognizer(rule)
    engine = AnalyzerEngine(registry=registry, nlp_engine=Blank(), supported_languages=["zh"])
    engine.analyze("试", language="zh")
    texts = given["texts"]
    best = 0.0
    for _ in range(3):
        began = time.process_time()
        for text in texts:
            engine.analyze(text, language="zh")
        spent = time.process_time() - began
        best = max(best, sum(len(text.encode()) for text in texts) / 1e6 / spent)
    print(best)


if __name__ == "__main__":
    main()
