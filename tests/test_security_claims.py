"""Each claim of SECURITY.md is true, and proven: by a test that it names here, or by one of this file."""

import ast
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from coach.agent.own_command import command
from coach.home import Home
from coach.ui.app import CoachApp
from tests.helpers import ROOT, Ran

PAGE = " ".join(re.sub(r"[*`|]", " ", (ROOT / "SECURITY.md").read_text(encoding="utf-8")).split())
CLAIMS: dict[str, tuple[str, ...]] = {
    # In short
    "Nothing leaves the machine. The program makes no network connection, has no account, sends no statistics and "
    "doesn't check for updates. The only sockets that it opens are the local ones of your desktop (D-Bus, and X11 for "
    "idle time), and, while coach web runs, one that this machine alone can reach.": (
        "tests/web/test_door.py::test_only_the_loopback_is_listened_on",
        "tests/records/test_no_network.py::test_in_real_use_no_other_machine_is_ever_called",
        "tests/records/test_no_network.py::test_the_watch_would_see_a_call",
    ),
    "coach sync alone puts health data where another program may carry it , and only into the folder that you name: "
    "one file, readable by you alone, as plain as an export.": (
        "tests/actions/test_sync.py::test_what_one_machine_knows_the_other_knows",
        "tests/actions/test_sync.py::test_a_folder_that_is_not_there_is_not_made_up",
        "tests/actions/test_sync.py::test_what_is_no_plain_file_is_neither_read_nor_replaced",
    ),
    "What comes from there passes the checks of an import.": (
        "tests/actions/test_sync.py::test_nothing_wrong_comes_in_and_the_sync_goes_on",
    ),
    "Only you can read what it keeps. Folders are made with mode 0700 and files with 0600, whatever the umask, also "
    "the temporary, backup and exported ones.": (
        "tests/records/test_disk.py::test_every_file_is_its_owners_alone_whatever_the_umask",
        "tests/cli/test_export.py::test_an_export_is_private_and_complete_whatever_the_umask",
        "tests/report/test_summary.py::test_a_saved_page_is_readable_by_its_owner_alone",
        "tests/content/test_own.py::test_it_is_kept_for_its_owner_alone",
        "tests/voice/test_voice.py::test_tones_are_readable_by_their_owner_alone",
    ),
    "A folder that was there before keeps its rights.": (
        "tests/records/test_disk.py::test_a_folder_that_was_there_keeps_its_rights",
    ),
    "No link is followed out of the folder.": (
        "tests/records/test_repair.py::test_what_is_no_file_is_moved_aside_and_not_followed",
    ),
    "In a folder that you share with other programs, no file of theirs is removed, replaced or set aside, whatever its "
    "name.": (
        "tests/records/test_ownership.py::test_another_programs_file_is_refused_and_left",
        "tests/records/test_ownership.py::test_a_life_among_others_files_leaves_them_as_they_are",
        "tests/cli/test_erase.py::test_what_others_wrote_stays",
    ),
    "What you name as a target is never one of the program's own files.": (
        "tests/actions/test_named_file.py::test_none_of_the_programs_own_files_is_written_over",
    ),
    "No code is ever run from the current folder , by a command, by the agent, or by what either starts.": (
        "tests/agent/test_own_command.py::test_a_command_runs_no_code_of_the_current_folder",
        "tests/agent/test_own_command.py::test_a_child_finds_this_program_and_no_other",
        "tests/agent/test_autostart.py::test_nothing_of_the_current_folder_runs",
    ),
    "On a shared screen it says nothing of health unless you chose so: popups, logs, process and window titles are "
    "neutral.": (
        "tests/remind/test_agent_parts.py::test_on_a_shared_screen_no_popup_speaks_of_health",
        "tests/report/test_calendar.py::test_titles_say_nothing_of_health",
        "tests/remind/test_service.py::test_the_log_of_the_agent_holds_no_text_of_the_persons",
        "tests/test_security_claims.py::test_titles_of_window_and_process_are_neutral",
    ),
    "A command line can be read by other users while it runs: coach check-in --note - reads your words from standard "
    "input.": (
        "tests/cli/test_private.py::test_no_process_shows_what_is_noted",
        "tests/cli/test_private.py::test_a_note_of_several_lines_is_read_from_standard_input",
    ),
    "coach web is for you alone. It listens on 127.0.0.1, and everything lies under a secret of that run.": (
        "tests/web/test_door.py::test_only_the_loopback_is_listened_on",
        "tests/web/test_door.py::test_without_the_secret_there_is_nothing",
    ),
    "A request must name that very host (no DNS rebinding), the websocket must come from our own page, and on Linux "
    "the system tells whose program is asking: another user's is refused even with the secret.": (
        "tests/web/test_door.py::test_only_this_host_and_our_own_page_are_answered",
        "tests/web/test_door.py::test_another_user_of_the_machine_is_refused_even_with_the_secret",
    ),
    "A browser is started with a ticket that is good once, as command lines can be read.": (
        "tests/web/test_door.py::test_a_browser_is_given_a_ticket_not_the_secret",
    ),
    "the secret, the Host and the Origin that are checked, no framing": (
        "tests/web/test_door.py::test_without_the_secret_there_is_nothing",
        "tests/web/test_door.py::test_only_this_host_and_our_own_page_are_answered",
    ),
    "The page loads nothing from elsewhere, and its policy would refuse it.": (
        "tests/web/test_door.py::test_the_page_names_no_other_host",
    ),
    "You can take everything along and remove everything : coach export , coach erase .": (
        "tests/cli/test_export.py::test_import_after_export_and_erase_brings_everything_back",
    ),
    "Erasing removes what the program wrote, folders only when they are empty, and names what it could not remove.": (
        "tests/cli/test_erase.py::test_what_others_wrote_stays",
        "tests/cli/test_erase.py::test_a_file_that_cannot_be_removed_is_named",
    ),
    # What is kept, and where
    "no health, no text of yours": (
        "tests/remind/test_service.py::test_the_log_of_the_agent_holds_no_text_of_the_persons",
        "tests/remind/test_agent_parts.py::test_the_log_stays_small_and_private",
    ),
    "coach self-test prints the folders of your machine. With COACH_HOME set, all of it is in that one folder.": (
        "tests/test_security_claims.py::test_with_a_home_of_its_own_nothing_is_written_elsewhere",
    ),
    # Threat model
    "every file is read as data, checked by type and range,": (
        "tests/actions/test_hostile_import.py::test_a_hostile_file_is_refused_in_lines_and_nothing_is_kept",
        "tests/content/test_own.py::test_what_is_wrong_is_told_with_file_line_key_and_reason",
        "tests/cli/test_assess.py::test_all_problems_are_told_at_once",
    ),
    "and shown as written with control characters made visible;": (
        "tests/cli/test_output.py::test_no_text_reaches_the_terminal_as_a_command",
        "tests/ui/test_screens.py::test_a_persons_text_shows_as_written",
    ),
    "nothing in a file can be run;": (
        "tests/report/test_spreadsheet.py::test_no_note_is_run_as_a_formula",
        "tests/report/test_summary.py::test_a_note_can_never_become_part_of_the_page_itself",
    ),
    "a routine of one's own passes through the decision like any other": (
        "tests/content/test_own_and_decision.py::test_on_a_gentle_day_it_is_gentle_whatever_the_file_says",
        "tests/content/test_own_and_decision.py::test_in_a_pause_there_is_nothing_of_it",
    ),
    "the laws of the decision are tested before a release; coach routines show rules prints what is in force": (
        "tests/domain/triage/test_laws.py::test_no_worse_answer_and_no_condition_more_softens_a_decision",
        "tests/cli/test_routines.py::test_the_whole_rule_book_can_be_read",
    ),
    "each write is whole or absent, and on the disk before you are told;": (
        "tests/records/test_crash.py::test_a_writer_killed_at_random_moments_loses_nothing",
        "tests/records/test_crash.py::test_a_writer_killed_before_and_after_each_call_into_the_system_loses_nothing",
        "tests/records/test_injected.py::test_what_is_said_is_what_is",
    ),
    "damaged files are set aside and reported;": (
        "tests/records/test_repair.py::test_damaged_files_stop_nothing_and_lose_nothing_good",
        "tests/records/test_lost_records.py::test_all_that_is_lost_with_both_copies_is_named",
    ),
    "pauses are not shortened by the clock": (
        "tests/domain/status/test_status.py::test_the_clock_set_back_does_not_shorten_a_pause",
    ),
}  # fmt: skip


def test_each_claim_stands_on_the_page() -> None:
    """As it is written here, word for word."""
    assert [claim for claim in CLAIMS if claim not in PAGE] == []


def test_no_claim_of_the_page_is_without_a_proof() -> None:
    """Every sentence in short, and everything that is said to stand against somebody."""
    left = PAGE
    for claim in CLAIMS:
        left = left.replace(claim, " ")
    short = left.partition("In short")[2].partition("Found a weakness?")[0]
    assert short.replace("-", " ").replace("#", " ").split() == ["Other", "programs'", "files", "are", "left", "alone."]
    rows = [line.split("|") for line in (ROOT / "SECURITY.md").read_text(encoding="utf-8").splitlines() if "|" in line]
    against = [row[3].replace("`", "").strip() for row in rows if len(row) == 6][2:]
    plain = ("0700 and 0600", "neutral wording by default", "nothing: it is you, to the system")  # claimed above
    for cell in against:
        rest = cell
        for claim in CLAIMS:
            rest = rest.replace(claim, " ")
        assert not rest.strip() or rest.strip() in plain, rest


@pytest.mark.parametrize("test", sorted({test for tests in CLAIMS.values() for test in tests}))
def test_each_proof_is_there(test: str) -> None:
    """A test that was renamed or taken out leaves no claim behind it."""
    path, _, name = test.partition("::")
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def test_titles_of_window_and_process_are_neutral(home: Home) -> None:
    """Whoever looks at a taskbar or a list of processes learns that a program runs, and no more."""
    assert CoachApp(home).title == "coach"
    assert command("agent", "run")[-3:] == ["coach", "agent", "run"]


def test_with_a_home_of_its_own_nothing_is_written_elsewhere(
    coach: Callable[..., Ran], home_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not into the system's places, not into the folder where one stands; and the self-test names it."""
    person, here = tmp_path / "person", tmp_path / "here"
    for folder in (person, here):
        folder.mkdir()
    monkeypatch.setenv("HOME", str(person))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(here)
    lines = (
        "setup --yes", "check-in --walking 2 --none-of-the-signs", "today", "status", "habit choose one-leg-standing",
        "hurts", "ice start --none-of-the-conditions", "reminders add --kind custom --at 11:00 --text Tea", "history",
        "summary", "export -",
    )  # fmt: skip
    for line in lines:
        coach(*line.split())
    assert str(home_folder) in coach("self-test").out
    assert (home_folder / "profile.json").exists()
    # The system's own sound programs make their folder as soon as one asks them whether they can play.
    ours = [path for path in person.rglob("*") if not path.relative_to(person).as_posix().startswith(".config")]
    assert not [*ours, *here.rglob("*"), *person.glob(".config/hizaura*"), *person.glob(".config/autostart")]
