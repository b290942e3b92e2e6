"""Every page there is: its script, address, title and the sentence on its door."""

from dataclasses import dataclass

import streamlit as st

from core.paths import ROOT


@dataclass(frozen=True)
class Door:
    """A page as the frame and the first page know it.

    Attributes:
        script: path of the script, relative to the project.
        url_path: its address; empty for the first page.
        title: in the navigation and on the door.
        icon: a Material symbol.
        section: heading in the navigation.
        sentence: what a person can do there.
        heading: at the top of the page, where it is not the title.
    """

    script: str
    url_path: str
    title: str
    icon: str
    section: str
    sentence: str
    heading: str = ""


DOORS = (
    Door(
        "pages/start.py",
        "",
        "Start here",
        ":material/home:",
        "Welcome",
        "One digit, three networks, and a door to every page.",
        heading="See deep learning at work",
    ),
    Door(
        "pages/draw_digit.py",
        "draw-digit",
        "Draw a digit",
        ":material/draw:",
        "Images",
        "Draw, photograph or pick a digit and see a CNN, an MLP and a GRU read it after every stroke.",
    ),
    Door(
        "pages/cnn_inside.py",
        "cnn-inside",
        "Inside the CNN",
        ":material/layers:",
        "Images",
        "Follow your digit through every layer, ask why, shift it, fool the network, watch it learn.",
    ),
    Door(
        "pages/convolution.py",
        "convolution",
        "Convolution by hand",
        ":material/grid_on:",
        "Images",
        "Slide a kernel over a picture, change its numbers, and read every sum in full.",
    ),
    Door(
        "pages/sentence.py",
        "sentence",
        "Read a sentence",
        ":material/short_text:",
        "Text",
        "Type, and watch the hidden state and the gates of an RNN, a GRU and an LSTM after every word.",
    ),
    Door(
        "pages/order.py",
        "order",
        "Order",
        ":material/swap_horiz:",
        "Text",
        "The same words in another order: who can tell, by counting, through a window, or with a memory?",
        heading="Does order matter?",
    ),
    Door(
        "pages/distance.py",
        "distance",
        "Distance",
        ":material/route:",
        "Text",
        "A clue, a long story, a question: who still remembers? And why gradients vanish on the way back.",
        heading="How far does a memory reach?",
    ),
    Door(
        "pages/both_ways.py",
        "both-ways",
        "Before and after",
        ":material/sync_alt:",
        "Text",
        "A person or a place? A reader that only knows what came before, beside one that also knows what follows.",
        heading="Before and after: person or place?",
    ),
    Door(
        "pages/letters.py",
        "letters",
        "Letters",
        ":material/abc:",
        "Text",
        "Networks that read letter by letter: see every next letter, let them write on like Shakespeare.",
        heading="One letter after the other",
    ),
    Door(
        "pages/train.py",
        "train",
        "Train",
        ":material/model_training:",
        "Train",
        "Choose a network and its settings, watch the loss fall, and steer it on the way.",
        heading="Train a network, live",
    ),
    Door(
        "pages/runs.py",
        "runs",
        "Runs",
        ":material/leaderboard:",
        "Train",
        "Find, compare and examine what was trained, click on its mistakes, take it home, search for better settings.",
    ),
)


def show_doors() -> None:
    """Show a door to every page but the first, each with its sentence."""
    with st.container(key="doors"):
        for door in DOORS:
            if door.url_path:
                with st.container(border=True):
                    st.page_link(ROOT / door.script, label=f"**{door.title}**", icon=door.icon)
                    st.caption(door.sentence)
