"""Recognizes the sentences of a suite (JSON, see suite.ts) with hassil. Usage: run-hassil.py SUITE RESULTS"""

import json
import sys
import time

from hassil import Intents, recognize_best
from hassil.intents import RangeSlotList, TextSlotList, TextSlotValue, WildcardSlotList
from hassil.expression import TextChunk

WILDCARDS = ["timer_name", "timer_command", "search_query", "message", "item", "todo_list_item", "zone",
             "shopping_list_item"]
RANGES = {
    "timer_hours": (1, 100), "timer_minutes": (1, 100), "timer_seconds": (1, 100), "temperature": (-50, 150),
    "color_temperature": (1000, 10000), "volume_step_up": (0, 100), "volume_step_down": (0, 100),
    "brightness": (0, 100), "position": (0, 100), "percentage": (0, 100), "fan_speed": (0, 100), "volume": (0, 100),
    "volume_level": (0, 100),
}


def names_of(fixtures):
    return {
        "name": TextSlotList(name="name", values=[
            TextSlotValue(text_in=TextChunk(entity["name"]), value_out=entity["name"],
                          context={"domain": entity["domain"]})
            for entity in fixtures["names"]
        ]),
        "area": TextSlotList.from_strings(fixtures["areas"], name="area"),
        "floor": TextSlotList.from_strings(fixtures["floors"], name="floor"),
    }


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        suite = json.load(file)
    intents = {}
    for block in suite["blocks"]:
        data = {"sentences": block["sentences"], "slots": block["slots"]}
        if block.get("domains"):
            data["requires_context"] = {"domain": block["domains"]}
        intents.setdefault(block["intent"], {"data": []})["data"].append(data)
    lists = {
        name: {"wildcard": True} if values == "wildcard"
        else {"range": {"type": "percentage", "from": 0, "to": 100}} if values == "percentage"
        else {"values": values}
        for name, values in suite["lists"].items()
    }
    parsed = Intents.from_dict({
        "language": suite["language"], "intents": intents, "lists": lists, "expansion_rules": suite["rules"],
    })
    common = {name: WildcardSlotList(name) for name in WILDCARDS if name not in lists}
    for name, (start, stop) in RANGES.items():
        if name not in lists:
            step = -1 if name == "volume_step_down" else None
            common[name] = RangeSlotList(name=name, start=start, stop=stop, multiplier=step)
    results, times = [], []
    for file in suite["files"]:
        slot_lists = {**common, **names_of(file["fixtures"])}
        for test in file["tests"]:
            started = time.perf_counter()
            result = recognize_best(
                test["sentence"], parsed, slot_lists=slot_lists, best_slot_name="name",
                language=suite["language"],
            )
            times.append((time.perf_counter() - started) * 1000)
            results.append(result and {
                "intent": result.intent.name,
                "slots": {entity.name: value_of(entity.value) for entity in result.entities_list},
            })
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        json.dump({"results": results, "ms": times}, file)


def value_of(value):
    return value.strip() if isinstance(value, str) else value


main()
