"""Welcome, help, and replies of one line."""

WELCOME = "Kia ora, I am Clausewise"
WELCOME_LINES = (
    "I help this meeting keep to its information sharing protocol.",
    "**What I read:** every message in this chat while I am in it, to notice personal information. I do not see pictures, files, calls or anything said before I was added.",
    "**What I keep:** counts, times and clause numbers. I never keep the words of a message.",
    "**Who sees a notice:** only the person who wrote the message. A facilitator can write *pause* or *resume* to stop or start notices.",
    "**Ask me:** mention me here, or write to me one to one.",
)
WELCOME_SUMMARY = "Clausewise reads this chat to notice personal information and answers from the protocol. It keeps no words."
HELP = "What I can do"
HELP_LINES = (
    "**Ask** about the protocol in your own words: *Can I tell Police about his attendance?* In the meeting, mention me first; here, just write.",
    "**I quote** the clauses that answer, with number and legal authority. If no clause answers, I say so. I never give advice of my own.",
    "**I tell you alone** when a message of yours in the meeting chat may hold personal information.",
    "**Before a meeting:** *checklist*, *acknowledge*, *practise*.",
    "**In the meeting:** *conflict*, *breach*, *storage note*, *may I use it later*.",
    "**About the protocol:** *protocol*, *protocols*, *review*, *agency*, *privacy*.",
    "**For the facilitator:** send me the signed Word file one to one, then write *use protocol* in the chat. Also *remind*, *reminders*, *acknowledgements*, *agencies*, *report*, *pause*, *resume*.",
)
HELP_SUMMARY = "Ask about the protocol in your own words. I quote the clauses that answer."
NO_PROTOCOL = "No protocol is set up for this meeting yet."
NO_PROTOCOL_DETAIL = (
    "A facilitator can send me the signed protocol as a Word file (DOCX) in a one-to-one chat."
)
WITHHELD = "Your question seems to hold personal information, so I have answered without it. Please leave names and numbers out next time."
SHORT = {
    "paused": "Notices are paused in this chat. A facilitator can write *resume* to start them again.",
    "resumed": "Notices are on again in this chat.",
    "only_facilitator": "Only this meeting's facilitator can pause or resume notices.",
    "only_facilitators": "Thank you for thinking of it. Only this meeting's facilitator can do that, so nothing has happened. You could ask them.",
    "no_meeting": "I do not see you in a meeting that uses me. Please ask in the meeting chat, or ask the facilitator to add you.",
    "focused": "Thank you. From now on we speak of that meeting here. Write *meeting* to choose another.",
    "every_meeting": "I will post the protocol's points at the start and the end of every meeting in this chat.",
    "theme": "I know reminders about: chat, recording, classification, conflicts, retention, method, breach, tikanga. For example: *remind recording*.",
    "time": "I did not understand the time. Please write it like this: *remind at 10:30*.",
    "cancelled": "That reminder is cancelled.",
    "too_late": "That reminder is not planned any more. It may have been posted or cancelled already.",
    "nudged": "Everybody who has not read this version yet gets a private reminder.",
    "draft_gone": "That draft is no longer here. Please send me the file again.",
    "in_the_meeting": "Please write that in the meeting chat, so that I know which meeting you mean.",
    "already_in_force": "That protocol is already in force in this meeting.",
    "slow_down": "You have asked a lot in the last minute. Please ask again in a little while.",
    "agency_corrected": "Saved. They have been shown the checklist for that agency.",
    "file_sent": "Done. You find the file among your files in Teams.",
    "file_not_sent": "Teams did not take the file. Please try again.",
    "upload_failed": "I could not fetch that file. Please send it again as a Word file (DOCX).",
    "upload_too_large": "That file is too large for me. A protocol is usually under 1 MB: please send it without pictures.",
}
