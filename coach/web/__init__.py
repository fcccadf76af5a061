"""The same screen in a browser of this machine, for people who never open a terminal.

``textual-serve`` runs one ``coach`` a tab and carries its output to an xterm in the page. What is ours is the door:
who may come in (``server``, ``peer``), how a tab's program begins and ends (``tab``), and a page that loads nothing
from elsewhere (``page.html``). Imported only by ``coach web``: the extra ``hizaura[web]`` may not be installed.
"""
