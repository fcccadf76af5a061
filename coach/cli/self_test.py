"""``coach self-test``: proves what works on this machine, a line a thing, with what to do where it fails."""

import argparse

from coach.cli.context import CommandContext
from coach.words import Words


def arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Take ``--json``."""
    parser.add_argument("--json", action="store_true", help=words("selftest.json"))


def run(args: argparse.Namespace, context: CommandContext) -> int:
    """Try each thing and say how it went; exit 1 where something does not work."""
    from coach.actions.self_test import Proof, self_test
    from coach.remind.sample_popup import prove_popup

    proofs: list[Proof] = []
    for proof in self_test(context.home, context.words, prove_popup):
        proofs.append(proof)
        if not args.json:
            mark = context.words("selftest.works" if proof.ok else "selftest.fails")
            context.say(f"{mark} {context.words(f'selftest.{proof.name}.name')}: {proof.text}")
    if args.json:
        context.say_json({"ok": all(proof.ok for proof in proofs), "tests": proofs})
    return 0 if all(proof.ok for proof in proofs) else 1
