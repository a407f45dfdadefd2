"""Each defence is needed: with one (or two that stand for each other) off, an attack succeeds."""

import pytest
from sandbox_arena import Host

from autograder.sandbox.defences import Defence

# Where two are named, either alone withstands.
HOLES = [
    (1, "read_inherited_descriptor", {Defence.DESCRIPTORS}),
    (1, "read_environment", {Defence.ENVIRONMENT}),
    (1, "allocate", {Defence.LIMITS}),
    (1, "thread_bomb", {Defence.LIMITS}),
    (1, "map_shared_memory", {Defence.SYSCALLS}),
    (1, "fork_bomb", {Defence.SYSCALLS}),
    (1, "take_a_user_namespace", {Defence.SYSCALLS}),
    (1, "change_gradebook", {Defence.NAMESPACES, Defence.LANDLOCK, Defence.IDENTITY}),
    (1, "write_many_files", {Defence.NAMESPACES}),
    (1, "call_loopback", {Defence.NAMESPACES, Defence.LANDLOCK, Defence.SYSCALLS}),
    (2, "list_source", {Defence.LANDLOCK}),
    (2, "write_into_readable", {Defence.LANDLOCK, Defence.IDENTITY}),
    (2, "call_loopback", {Defence.LANDLOCK, Defence.SYSCALLS}),
    (2, "send_datagram", {Defence.SYSCALLS}),
    (2, "call_unix_socket", {Defence.SYSCALLS, Defence.IDENTITY}),
    (2, "leave_daemon", {Defence.SYSCALLS}),
    (2, "leave_shared_memory", {Defence.SYSCALLS}),
    (2, "outlive_the_host", {Defence.SYSCALLS}),
    (2, "start_program", {Defence.SYSCALLS, Defence.LANDLOCK}),
    (2, "kill_victim", {Defence.SYSCALLS, Defence.LANDLOCK, Defence.IDENTITY}),
    (2, "kill_by_time_limit", {Defence.SYSCALLS, Defence.IDENTITY}),
    (2, "open_up_secret", {Defence.SYSCALLS, Defence.IDENTITY}),
    (2, "change_times", {Defence.SYSCALLS, Defence.IDENTITY}),
    (2, "write_200_mb", {Defence.LIMITS}),
    (1, "evict_from_the_page_cache", {Defence.SYSCALLS}),
    (1, "lock_a_readable_file", {Defence.SYSCALLS}),
    (2, "ask_the_page_cache", {Defence.SYSCALLS}),
    (2, "read_network_tables", {Defence.LANDLOCK}),
    (2, "read_network_tables_of_a_thread", {Defence.LANDLOCK}),
    (2, "read_the_victims_cpu_time", {Defence.SYSCALLS}),
    (2, "list_shared_memory", {Defence.SYSCALLS}),
    (2, "list_message_queues", {Defence.SYSCALLS}),
    (2, "list_semaphores", {Defence.SYSCALLS}),
    (2, "remove_a_posix_queue", {Defence.SYSCALLS}),
]
ALONE = [(tier, name, {one}) for tier, name, off in HOLES if len(off) > 1 for one in sorted(off)]
NAMES = [f"tier{tier}-{name}-without-{'-'.join(sorted(off))}" for tier, name, off in HOLES]


@pytest.mark.parametrize(("tier", "name", "without"), HOLES, ids=NAMES)
def test_switching_defences_off_lets_an_attack_through(
    host: Host, machine: dict[str, object], user: str, tier: int, name: str, without: set[Defence]
) -> None:
    if machine["tier"] != 1:
        pytest.skip("this machine gives tier 1 to nobody")
    [report] = host(name, tier=tier, user=user, without=sorted(without))
    assert report.get("achieved"), report


@pytest.mark.parametrize(
    ("tier", "name", "without"),
    ALONE,
    ids=[f"tier{tier}-{name}-without-{min(off)}" for tier, name, off in ALONE],
)
def test_where_several_stand_for_each_other_one_less_does_no_harm(
    host: Host, machine: dict[str, object], user: str, tier: int, name: str, without: set[Defence]
) -> None:
    if machine["tier"] != 1 or user != "root":
        pytest.skip("an ordinary user has no other identity to take")
    [report] = host(name, tier=tier, user=user, without=sorted(without))
    assert "refused" in report, report
