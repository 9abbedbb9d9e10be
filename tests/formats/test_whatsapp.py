"""The samples of WhatsApp's webhooks, and what each of them means."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reach.engine import connect
from reach.formats.containers.head import peek
from reach.formats.record import Log, Options, Record, Refused
from reach.formats.registry import recognise
from reach.formats.whatsapp.format import CODES, WORDS, WhatsAppFormat
from reach.vocabulary import Event, Reason

SAMPLES = Path(__file__).parents[1] / "data" / "samples" / "whatsapp" / "bodies.ndjson"
NAMES = ("sent", "delivered", "read", "played", "failed", "with_tracker", "group")
BODIES: dict[str, dict[str, Any]] = dict(
    zip(NAMES, map(json.loads, SAMPLES.read_text("utf-8").splitlines()), strict=True)
)
WHATSAPP = WhatsAppFormat()
AT = "$.entry[0].changes[0].value.statuses[0]"


with connect() as engine:
    LOG = Log(SAMPLES, SAMPLES.name, "", peek(SAMPLES, SAMPLES.name, engine), Options())


def events(value: Any, options: Options | None = None) -> list[dict[str, Any]]:  # noqa: ANN401
    log = replace(LOG, options=options or Options())
    return WHATSAPP.events(Record(1, 1, "", value), log)


def changed(name: str = "sent", **said: Any) -> dict[str, Any]:  # noqa: ANN401
    """A sample's body with other values in its status; None takes one out."""
    body = copy.deepcopy(BODIES[name])
    status = body["entry"][0]["changes"][0]["value"]["statuses"][0]
    status |= said
    for key in [key for key, value in said.items() if value is None]:
        del status[key]
    return body


def refusal(value: Any) -> Refused:  # noqa: ANN401
    with pytest.raises(Refused) as caught:
        events(value)
    return caught.value


def test_the_samples_are_recognised_and_each_means_what_it_says() -> None:
    assert recognise(LOG.name, LOG.head, LOG.options).name == "whatsapp"
    every = {
        "message_id": "wamid.xyzxyz",
        "channel": "whatsapp",
        "provider": "whatsapp",
        "recipient": "+972987654321",
    }
    at = {"sent": "2023-10-25T20:49:05Z", "read": "2023-07-15T00:20:58Z"}
    assert {name: events(body) for name, body in BODIES.items() if name != "group"} == {
        "sent": [every | {"event": "sent", "occurred_at": at["sent"]}],
        "delivered": [
            every | {"event": "delivered", "receipt": "device", "occurred_at": at["sent"]}
        ],
        "read": [every | {"event": "read", "occurred_at": at["read"]}],
        "played": [every | {"event": "read", "occurred_at": at["read"]}],
        "failed": [
            every | {"event": "failed", "reason": "withheld_by_platform", "occurred_at": at["read"]}
        ],
        "with_tracker": [every | {"event": "sent", "occurred_at": at["sent"]}],
    }


MESSAGES = [
    json.loads(line)
    for line in SAMPLES.with_name("messages.ndjson").read_text("utf-8").splitlines()
]


def test_a_button_or_a_reply_answers_the_message_that_it_names() -> None:
    every = {
        "event": "replied",
        "channel": "whatsapp",
        "provider": "whatsapp",
        "recipient": "+972987654321",
    }
    button, quick_reply, *others = [events(body) for body in MESSAGES]
    assert button == [every | {"message_id": "wamid.xyzxyz", "occurred_at": "2023-10-25T20:45:30Z"}]
    assert quick_reply == [
        every | {"message_id": "wamid.xyzxyz==", "occurred_at": "2023-10-25T21:23:47Z"}
    ]
    # Text that answers nothing, what was passed on, and a sign put to a message of anybody's.
    assert others == [[], [], []]


def test_who_answers_a_message_of_anybody_else_answers_none_of_ours() -> None:
    changes: tuple[dict[str, Any], ...] = (
        {"from": "972987654321"}, {"from": "+972987654321"}, {"from": "62811222"}, {"from": None},
        {"from": ""}, {"id": ""}, {"id": 5},
    )  # fmt: skip
    for change in changes:
        body = copy.deepcopy(MESSAGES[1])
        body["entry"][0]["changes"][0]["value"]["messages"][0]["context"] |= change
        assert events(body) == []


def test_an_answer_without_its_writer_or_time_is_refused() -> None:
    for key in ("from", "timestamp"):
        body = copy.deepcopy(MESSAGES[1])
        del body["entry"][0]["changes"][0]["value"]["messages"][0][key]
        assert refusal(body).path == f"$.entry[0].changes[0].value.messages[0].{key}"


def test_of_a_group_the_reader_is_the_recipient() -> None:
    [told] = events(BODIES["group"])
    assert told["recipient"] == "<GROUP_PARTICIPANT_USER_PHONE_NUMBER>"  # as the sample masks it
    [told] = events(changed("group", recipient_participant_id="16505551234"))
    assert told["recipient"] == "+16505551234"


@pytest.mark.parametrize("participant", [None, ""])
def test_a_group_that_nobody_answers_for_is_itself_and_no_telephone_number(
    participant: str | None,
) -> None:
    body = changed("group", recipient_participant_id=participant, recipient_id="120363043")
    assert events(body)[0]["recipient"] == "120363043"


def test_permanence_is_never_told() -> None:
    assert all("permanent" not in told for body in BODIES.values() for told in events(body))


def test_one_body_may_hold_several_statuses_in_several_places() -> None:
    body = changed()
    change = body["entry"][0]["changes"][0]
    change["value"]["statuses"] += changed("delivered")["entry"][0]["changes"][0]["value"][
        "statuses"
    ]
    body["entry"][0]["changes"].append(BODIES["read"]["entry"][0]["changes"][0])
    body["entry"].append({"id": "1", "changes": None})
    body["entry"].append(BODIES["failed"]["entry"][0])
    assert [told["event"] for told in events(body)] == ["sent", "delivered", "read", "failed"]


@pytest.mark.parametrize(
    "value",
    [
        {"messages": [{"from": "972987654321", "id": "wamid.in", "timestamp": "1698266945"}]},
        {"event": "APPROVED", "message_template_id": 594425479261596},
        {"statuses": []},
        {"statuses": None},
        None,
    ],
)
def test_what_is_no_status_holds_no_event(value: Any) -> None:  # noqa: ANN401
    body = changed()
    body["entry"][0]["changes"][0]["value"] = value
    assert events(body) == []
    assert events(body | {"entry": []}) == []


def test_a_payment_s_status_is_none_of_the_message() -> None:
    assert events(changed("failed", type="payment")) == []
    assert events(changed("sent", type="payment", status="captured")) == []
    assert len(events(changed("sent", type="message"))) == 1


@pytest.mark.parametrize("recipient", ["", None])
def test_without_a_recipient_a_status_is_refused_by_name(recipient: str | None) -> None:
    why = refusal(changed(recipient_id=recipient))
    assert why.path == f"{AT}.recipient_id"
    assert why.received == ("nothing" if recipient is None else '""')
    assert "fields:" in why.expected


def test_an_office_may_count_by_another_name() -> None:
    by_user = Options(fields={"recipient": "recipient_user_id"})
    body = changed(recipient_id="", recipient_user_id="US.13491208655302741918")
    assert events(body, by_user)[0]["recipient"] == "US.13491208655302741918"
    with pytest.raises(Refused) as caught:
        events(changed(), by_user)
    assert caught.value.path == f"{AT}.recipient_user_id"


def test_fields_are_looked_up_in_the_status() -> None:
    placed = Options(
        fields={"campaign": "biz_opaque_callback_data", "segment": "pricing.category"},
        set={"purpose": "service", "channel": "wa"},
    )
    [told] = events(BODIES["with_tracker"], placed)
    assert (told["campaign"], told["segment"]) == ("some data", "service")
    assert (told["purpose"], told["channel"]) == ("service", "wa")


@pytest.mark.parametrize(
    ("code", "reason"),
    [(int(each.said), each.reason) for each in CODES]
    + [(131026, Reason.OTHER), ("131049", Reason.OTHER), (131049.0, Reason.OTHER)]
    + [(True, Reason.OTHER), ([], Reason.OTHER), (None, None)],
)
def test_the_first_error_s_code_tells_why(code: object, reason: Reason | None) -> None:
    errors = [{"code": code, "title": "…"}, {"code": 130429}]
    assert events(changed("failed", errors=errors))[0].get("reason") == reason
    # An error beside any other word is no failure.
    assert "reason" not in events(changed("sent", errors=errors))[0]


@pytest.mark.parametrize("errors", [None, [], {}, "131049", [None], [[]], {"0": {"code": 1}}])
def test_a_failure_without_a_code_has_no_reason(errors: object) -> None:
    [told] = events(changed("failed", errors=errors))
    assert (told["event"], told.get("reason")) == ("failed", None)


@pytest.mark.parametrize(
    ("body", "path", "received"),
    [
        (changed(status="deliverd"), f"{AT}.status", '"deliverd"'),
        (changed(status=None), f"{AT}.status", "nothing"),
        (changed(status="Sent"), f"{AT}.status", '"Sent"'),
        (changed(id=None), f"{AT}.id", "nothing"),
        (changed(id=5), f"{AT}.id", "5"),
        (changed(timestamp=1698266945), f"{AT}.timestamp", "1698266945"),
        (changed(timestamp="kemarin"), f"{AT}.timestamp", '"kemarin"'),
        (changed(timestamp=None), f"{AT}.timestamp", "nothing"),
        (changed() | {"object": "page"}, "$.object", '"page"'),
        ({"entry": []}, "$.object", "nothing"),
        ({"object": "whatsapp_business_account"}, "$.entry", "nothing"),
        (changed() | {"entry": {}}, "$.entry", "a mapping of 0"),
        (changed() | {"entry": [5]}, "$.entry[0]", "5"),
        (changed() | {"entry": [{"changes": [[]]}]}, "$.entry[0].changes[0]", "a list of 0"),
        (
            changed() | {"entry": [{"changes": [{"value": 1}]}]},
            "$.entry[0].changes[0].value",
            "1",
        ),
        (
            changed() | {"entry": [{"changes": [{"value": {"statuses": [None]}}]}]},
            "$.entry[0].changes[0].value.statuses[0]",
            "null",
        ),
    ],
)
def test_what_can_t_be_read_is_refused_by_name(body: Any, path: str, received: str) -> None:  # noqa: ANN401
    why = refusal(body)
    assert (why.path, why.received) == (path, received)


def test_a_misspelt_word_is_named_with_the_nearest() -> None:
    assert "did you mean delivered?" in refusal(changed(status="deliverd")).expected


def test_the_table_s_words_are_all_that_there_are() -> None:
    assert {each.said: each.event for each in WORDS} == {
        "sent": Event.SENT,
        "delivered": Event.DELIVERED,
        "read": Event.READ,
        "played": Event.READ,
        "failed": Event.FAILED,
    }
