"""Answers to questions in English and Chinese, with the evidence for them and against them."""

from kg.answers.answering import answer
from kg.answers.values import Answer, Dose, Understood

__all__ = ["Answer", "Dose", "Understood", "answer"]
