# Rules: as read in public sources up to 21 November 2026, not yet checked by a lawyer. Read them again every six months.

level-seen-explained = It was seen to happen on this computer. What it is for, and who does something with it, cannot be seen.
level-on-explained = A setting, a policy or a program that runs now switches this on. Whether anybody looks at it cannot be seen.
level-possible-explained = Something on this computer can do this. Whether it is used, we do not know.
level-not_found-explained = We looked at every place that we need for this, and found nothing. That does not mean that it does not happen: it can be done on a server, or with something unknown to us.
level-unknown-explained = A place that we need for this could not be looked at. That is why we do not know whether it happens.

visible-mostly = This often takes a program on the computer itself. So Inzage can often find it, but not always.
visible-partly = This can happen on your computer, but also on a server or in the network. Inzage only sees what is on your computer.
visible-rarely = This nearly always happens on a server, and Inzage cannot look there. Asking is then often the only way to know.

needed-absent = Nothing is needed for it: it does not exist here, so there is nothing to look at.
needed-permission_denied = Only an administrator of this computer can see this. You need not do anything. If you want to know, you can ask the administrator or the works council what is there.
needed-malformed = It is damaged, it was just being changed, or this version of Inzage does not understand it. Perhaps it works a next time or with a newer version.
needed-too_large = Inzage never reads more than a fixed amount, so that your computer stays fast. You need not do anything. An administrator can say what is in it.
needed-not_a_file = Something lies here that is no ordinary file or folder. Inzage never opens such things. An administrator can say what it is.
needed-link_loop = Links point to each other here, so there is no end to it. You need not do anything. An administrator can see what is wrong.
needed-too_many = Inzage stops after a fixed number, so that your computer stays fast. What comes after that was not looked at. You need not do anything.
needed-timed_out = It needed more time. You can look again when your computer is less busy.
needed-read_error = Reading went wrong. You can look again later. If it goes wrong every time, the help desk can see whether something is broken.
needed-not_live = This can only be seen when Inzage runs on the computer itself. Now a folder or a disk was examined.
needed-no_home = Inzage does not know which folder is yours. On your own computer you can start Inzage with your own account. If you examine a folder or a disk, you can choose a name with --user.
needed-hidden_processes = On this computer only an administrator may see what others and the system run. Such a setting is ordinary, and you need not do anything. If you want to know, you can ask the administrator what runs.
needed-unsupported_format = This version of Inzage cannot read this. A newer version perhaps can.
needed-unsettled_hive = This disk belongs to a Windows that was not shut down. After an ordinary shutdown the last changes can be read.
needed-needs_full_disk_access = It takes "Full Disk Access", and that gives access to much more. That is why Inzage does not ask for it. You need not do anything. If you want to know, you can ask the administrator.
needed-would_ask = macOS would first ask you for permission. Inzage does not want to cause such questions, and so does not look there. You need not do anything.
needed-not_shown_by_system = The system tells this to no program, not to Inzage either. You can only ask whoever manages the computer.
needed-not_on_this_computer = This is somewhere else, for example on a server or in the network. Inzage can never look there. You can ask your employer, or whoever manages it, what is kept there.
needed-internal_error = This is a fault in Inzage, not yours. If you report it, the makers can repair it.
needed-unknown = The reason comes from a newer version of Inzage. With that version you can read what is needed.

moment-nothing-explained = We found nothing that we know. That does not mean that nobody observes. Much happens on servers, in the cloud or in the network, and cannot be seen here. If you want to know, you can ask.
moment-found-explained = There is a program here that can follow people. That it is here does not yet mean that anybody uses it or looks at you. You can first calmly read what it can do, and write down what you see. You need not do anything now. Change nothing and switch nothing off. You can talk about it with somebody you trust, your employer, the works council or your union.

steps-1 = You can first look calmly. Write down what you see and when, preferably on paper, and change nothing. You can skip any of the steps after this.
steps-2 = You can talk with your employer. Ask what is observed, why, who sees it and how long it is kept.
steps-3 = You can go to the works council, the confidential adviser, the data protection officer or your union, if there is one. Ask for advice before you give the works council a report. Once the works council knows of a system, it may have only a month to do something.
steps-4 = You can report it to the Dutch data protection authority (Autoriteit Persoonsgegevens, AP). A complaint has your name on it, and the AP wants you to contact your employer first. A tip can be without your name, but what it says sometimes shows who you are.
steps-5 = In the last resort you can go to court. Get legal advice first, because there are different courts and sometimes there is little time.

rules-general = In the Netherlands the same rules apply at home and at the office. An employer may check workers in some cases, but may not simply follow them all day. It must really be necessary, there must be no milder way, and the reason must weigh more than your privacy. Workers are to know beforehand that checks are possible, and how. Where there is a works council, it usually has to agree beforehand. Secret checks are allowed only in exceptional cases, and the worker must be told afterwards.
rules-who-checked = This is no legal verdict: the texts come from public sources (21 November 2026) and were not yet checked by a lawyer.

category-rules-login_times = A system that can keep track of when you are there falls under the rules for following staff. Where there is a works council, it usually has to agree beforehand. Logging in is often kept for security too.
category-ask-login_times = Is it recorded when I log in and out? Why, who sees it and how long is it kept?
category-rules-source-login_times = Dutch Works Councils Act, article 27 (in Dutch): https://wetten.overheid.nl/BWBR0002747

category-rules-app_time = In 2017 the European privacy supervisors gave an opinion on working from home (WP249); it is not a law. Keeping track of which programs you use and how long goes too far, they wrote. They found it very unlikely that an employer has a valid ground for it.
category-ask-app_time = Is it recorded which programs I use and how long? Why is that necessary, and am I judged by it?
category-rules-source-app_time = European privacy supervisors, opinion 2/2017 on data at work (WP249): https://ec.europa.eu/newsroom/article29/items/610169

category-rules-input_activity = In 2017 the European privacy supervisors gave an opinion on working from home (WP249); it is not a law. Recording keys and mouse goes too far, they wrote. They found it very unlikely that an employer has a valid ground for it.
category-ask-input_activity = Is it counted how often I type, click or move my mouse? Why is that necessary, and which other way was looked at?
category-rules-source-input_activity = European privacy supervisors, opinion 2/2017 on data at work (WP249): https://ec.europa.eu/newsroom/article29/items/610169

category-rules-websites = Large-scale or systematic checks of internet use need a study of the risks beforehand (a DPIA). Sites you visit can also say something about your health or your union. Such data have extra protection in the privacy law (GDPR).
category-ask-websites = Is it recorded which sites I visit? Who can see that, and does it also happen in my break and outside working hours?
category-rules-source-websites = Dutch data protection authority, list of required studies beforehand (DPIA), number 11 (in Dutch): https://wetten.overheid.nl/BWBR0042812

category-rules-idle_time = In 2024 a French company was fined over software that measured idle mouse and keyboard and took pictures of the screen. About another company the highest French administrative court found in 2025 that measuring idle time is sometimes possible. So it depends on how it is done and what for.
category-ask-idle_time = Is it measured how long I am not active? How does it count when I read, think or make a call?
category-rules-source-idle_time = CNIL, the French privacy supervisor, decision of 19 December 2024 (in French): https://cnil.fr/fr/surveillance-excessive-des-salaries-sanction-de-40-000-euros-entreprise-secteur-immobilier

category-rules-screenshots = In 2017 the European privacy supervisors gave an opinion on working from home (WP249); it is not a law. Taking pictures of the screen goes too far, they wrote. They found it very unlikely that an employer has a valid ground for it.
category-ask-screenshots = Are pictures of my screen taken, and how often? Who can see them, and when are they deleted?
category-rules-source-screenshots = European privacy supervisors, opinion 2/2017 on data at work (WP249): https://ec.europa.eu/newsroom/article29/items/610169

category-rules-screen_live = We know of no separate rule for this, so the general rules apply. If a system can follow behaviour or performance, the works council, where there is one, usually has to agree beforehand. Looking along to help you is different from looking along to check you.
category-ask-screen_live = Can somebody look along on my screen without my noticing? Who may do that, and when?
category-rules-source-screen_live = Dutch Works Councils Act, article 27 (in Dutch): https://wetten.overheid.nl/BWBR0002747

category-rules-typed_text = In 2017 the European privacy supervisors wrote that recording what home workers type goes too far (WP249); that is not a law. They found it very unlikely that an employer has a valid ground for it. In Germany a court found such data unusable without a concrete suspicion; a Dutch court can decide otherwise.
category-ask-typed_text = Is it recorded what I type, also my passwords and private messages? Why is that necessary, and who can read it?
category-rules-source-typed_text = European privacy supervisors, opinion 2/2017 on data at work (WP249): https://ec.europa.eu/newsroom/article29/items/610169

category-rules-clipboard = We know of no separate rule for this, so the general rules apply. An employer must be able to explain why it is necessary, and tell it beforehand. Often the purpose is to keep data from leaking; you can ask whether that is so.
category-ask-clipboard = Is it recorded what I copy and paste? Is that only for security, or for something else too?
category-rules-source-clipboard = Dutch minister of Social Affairs, answer to parliament, 31 May 2021 (in Dutch): https://zoek.officielebekendmakingen.nl/ah-tk-20202021-2966.html

category-rules-webcam = In 2022 a Dutch court in Tilburg ruled about a home worker who had to leave the camera on all working day. That order went against the right to a private life, and the dismissal was not valid. This was one case; it does not mean that a camera at work is never allowed.
category-ask-webcam = Can my camera be switched on without me doing it? When does that happen, and are pictures kept?
category-rules-source-webcam = Dutch court Zeeland-West-Brabant, 28 September 2022, explained by a law firm (in Dutch): https://www.boelszanders.nl/cameracontrole-thuiswerker/

category-rules-microphone = Whoever checks workers must take confidential conversations into account, writes the Dutch data protection authority. At home a microphone can hear others too, such as your family. In France, filming all the time with sound was one of the reasons for a fine in 2024.
category-ask-microphone = Can sound be recorded through my computer? When does that happen, and who can hear it?
category-rules-source-microphone = Dutch data protection authority, checks on staff (in Dutch): https://autoriteitpersoonsgegevens.nl/nl/onderwerpen/werk-uitkering/controle-van-personeel

category-rules-contacts = Who you are in contact with can also show that you are a member of a union. Membership of a union has extra protection in the privacy law (GDPR). An employer may use such data only if the law makes an exception.
category-ask-contacts = Is it recorded who I email, chat with or call? Does that include contact with the union, the works council or the company doctor?
category-rules-source-contacts = Privacy law (GDPR), article 9: https://eur-lex.europa.eu/eli/reg/2016/679/oj

category-rules-message_content = In 2017 the European Court of Human Rights named what courts look at. Was it clearly said beforehand that the employer can read along, and was it possible with less? The content of messages needs weightier reasons than only with whom and when.
category-ask-message_content = Can somebody read my emails and chats? When is that allowed, who decides about it and will I be told?
category-rules-source-message_content = European Court of Human Rights, Bărbulescu, 5 September 2017, explained by a law firm: http://ellulschranz.com/employment/recent-ruling-barbulescu-v-romania-mean-employers-monitoring-employees-communications-future/

category-rules-calls_meetings = We know of no separate rule for this, so the general rules apply. Whoever checks workers must take confidential conversations into account, writes the Dutch data protection authority. Recording goes further than only counting.
category-ask-calls_meetings = Are my calls or meetings counted, recorded or turned into text? Am I told beforehand, and who can look at it later?
category-rules-source-calls_meetings = Dutch data protection authority, checks on staff (in Dutch): https://autoriteitpersoonsgegevens.nl/nl/onderwerpen/werk-uitkering/controle-van-personeel

category-rules-network_traffic = Often the purpose is security: to stop attacks. If the system is also suitable for following behaviour, the works council, where there is one, usually has to agree beforehand. You can ask what else it is used for.
category-ask-network_traffic = Are secure pages that I visit opened and read? Is that only for security, and which sites does it skip?
category-rules-source-network_traffic = Dutch Works Councils Act, article 27 (in Dutch): https://wetten.overheid.nl/BWBR0002747

category-rules-files = We know of no separate rule for this, so the general rules of the privacy law (GDPR) apply. There must be a clear purpose, and no more data than needed. Data that were kept for security may not simply be used for something else.
category-ask-files = Is it recorded which files I open, change or send? What for, and is it also used to judge me?
category-rules-source-files = Privacy law (GDPR), article 5: https://eur-lex.europa.eu/eli/reg/2016/679/oj

category-rules-usb_print = Often the purpose is to keep work data from leaking. The privacy law (GDPR) asks for a clear purpose, and no more data than needed. You can also see what the rules of your work say about copying and printing.
category-ask-usb_print = Is it recorded what I put on a USB stick or print? Is the content kept too, and who can see that?
category-rules-source-usb_print = Privacy law (GDPR), article 5: https://eur-lex.europa.eu/eli/reg/2016/679/oj

category-rules-device_inventory = Whoever manages computers usually keeps track of this; at work that is ordinary. The privacy law (GDPR) does ask for a clear purpose, and no more data than needed. You can ask what else the list is used for.
category-ask-device_inventory = Which data of my computer are kept? What else are they used for than for management?
category-rules-source-device_inventory = Privacy law (GDPR), article 5: https://eur-lex.europa.eu/eli/reg/2016/679/oj

category-rules-security_log = The purpose is security, and the privacy law (GDPR) asks organisations to protect data well. That is different from keeping track of how well you work. Such data may not simply be used for something else; you can ask what else they are used for.
category-ask-security_log = What does security keep about me, and how long? May a manager look in it, and what for?
category-rules-source-security_log = Privacy law (GDPR), articles 5 and 32: https://eur-lex.europa.eu/eli/reg/2016/679/oj

category-rules-remote_control = For help and management this is ordinary. If it is used for checks too, the general rules apply. Secret checks are allowed only with a reasonable suspicion, and never all the time; the worker must be told afterwards.
category-ask-remote_control = Who can take over my computer from elsewhere, and do I have to say yes first? Is it recorded when that happens?
category-rules-source-remote_control = Dutch data protection authority, conditions for secret checks (in Dutch): https://autoriteitpersoonsgegevens.nl/themas/werk-en-uitkering/controle-van-werknemers/voorwaarden-voor-heimelijke-controle-werknemers

category-rules-location = Large-scale or systematic following with GPS needs a study of the risks beforehand (a DPIA). The works council, where there is one, usually has to agree to such a system beforehand.
category-ask-location = Is it recorded where my computer or telephone is? Is that off outside working hours, and what is it needed for?
category-rules-source-location = Dutch data protection authority, list of required studies beforehand (DPIA), number 11 (in Dutch): https://wetten.overheid.nl/BWBR0042812

category-rules-building_presence = The Dutch data protection authority names the registration of time and access as an example of a system that can follow staff. The works council, where there is one, usually has to agree to it beforehand.
category-ask-building_presence = Is it recorded with my pass, the wifi or a sensor when and where I am at the office? What for, and who can see that?
category-rules-source-building_presence = Dutch data protection authority, works council (in Dutch): https://autoriteitpersoonsgegevens.nl/nl/onderwerpen/werk-en-uitkering/ondernemingsraad-or

category-rules-work_output = A program for the work itself can also be a system that can follow staff. The Dutch data protection authority names a case management system as an example. The works council, where there is one, usually has to agree to it beforehand.
category-ask-work_output = Is it counted per person how much work I do? Who sees those figures, and what is done with them?
category-rules-source-work_output = Dutch data protection authority, works council (in Dutch): https://autoriteitpersoonsgegevens.nl/nl/onderwerpen/werk-en-uitkering/ondernemingsraad-or

category-rules-score = Making profiles of how people work is on a list of the Dutch data protection authority. What is on that list needs a study of the risks beforehand (a DPIA). Europe has made extra rules for AI that judges workers, but in November 2026 they did not apply yet.
category-ask-score = Do I get a score, or am I compared with colleagues? How is that worked out, and what is done with it?
category-rules-source-score = Dutch data protection authority, list of required studies beforehand (DPIA), number 15 (in Dutch): https://wetten.overheid.nl/BWBR0042812

category-rules-automated_decision = Under the privacy law (GDPR) a decision with great effects for you may usually not be taken by a computer alone. There are exceptions. You can ask whether there are such decisions, and how they come about.
category-ask-automated_decision = Does a computer take decisions about me, for example about my schedule or pay? How does that work, and can I talk to a person who can change it?
category-rules-source-automated_decision = Privacy law (GDPR), articles 15 and 22: https://eur-lex.europa.eu/eli/reg/2016/679/oj

category-rules-emotion = Since 2 February 2025 AI at work in the EU may not try to tell how you feel. It is allowed for medical reasons or for safety. This is about AI that looks at your face, your voice or the way you type.
category-ask-emotion = Does a program try to tell how I feel? What does it look at then, and what is that for?
category-rules-source-emotion = Future of Privacy Forum on the AI Act, article 5: https://fpf.org/blog/red-lines-under-eu-ai-act-unpacking-the-prohibition-of-emotion-recognition-in-the-workplace-and-education-institutions

category-rules-biometrics = Data with which a system recognises you by your body have extra protection in the privacy law (GDPR). In the Netherlands there is an exception if it is necessary to check who you are, or for security. Logging in yourself with your face or finger is usually no check on you.
category-ask-biometrics = Am I recognised by my face, finger, voice or way of typing? Why is that necessary, and can it be done otherwise?
category-rules-source-biometrics = Dutch GDPR Implementation Act, article 29 (in Dutch): https://wetten.overheid.nl/BWBR0040940

category-rules-health = Data about your health have extra protection in the privacy law (GDPR). An employer may use them only if the law makes an exception. Consent usually does not count at work, because it is hard to say no to your employer.
category-ask-health = Are data kept about my body, stress, sleep or movement? Who can see them, and can I say no without consequences?
category-rules-source-health = Dutch GDPR Implementation Act, article 30 (in Dutch): https://wetten.overheid.nl/BWBR0040940

category-rules-unspecified = We do not know what this program keeps, so we name the general rules. An employer must be able to explain why checks are necessary, and tell it beforehand. Where there is a works council, it usually has to agree beforehand to a system that can follow staff.
category-ask-unspecified = What is this program on my computer for? What does it keep about me, and who can see that?
category-rules-source-unspecified = Dutch minister of Social Affairs, answer to parliament, 31 May 2021 (in Dutch): https://zoek.officielebekendmakingen.nl/ah-tk-20202021-2966.html

class-employee-monitoring-innocent = This program is made to follow what people do, but not every company switches everything on. Sometimes it only counts hours, or which programs the company really needs. It can also be left over from earlier or from a previous user.
class-employee-monitoring-ask = What is this program used for, and what is switched on? Who sees the data, and how long are they kept? Where can I read that it was told beforehand?
class-employee-monitoring-who = That is usually an employer or the company that manages the computers. On your own computer it can also be somebody else.

class-time-tracking-innocent = Many people write down their hours with this, for their pay or for a bill to a client. Often you switch it on and off yourself, and can see what it keeps.
class-time-tracking-ask = Are only my hours recorded, or also what I do in them? Are pictures of my screen taken, or is my mouse counted? Who sees that?
class-time-tracking-who = That can be an employer or a client, or only you yourself.

class-remote-access-innocent = A help desk uses this to help you from elsewhere. Perhaps you use it yourself, to reach another computer from home. Sometimes it stayed after somebody helped you once.
class-remote-access-ask = Who can get onto my computer with this, and do I have to say yes first? Can I see that somebody looks along? Is it recorded when that happens?
class-remote-access-who = That is usually a help desk or an administrator, but it can be anybody who has the code or the account.

class-device-management-innocent = Nearly every company manages computers like this: it puts programs on them, keeps them up to date and secure. A computer of your own can be registered too, because you added an account of work or school.
class-device-management-ask = What can be seen of my computer through this management, and what cannot? What else is it used for? Can the computer also be wiped from elsewhere, and can it be seen where it is?
class-device-management-who = That is the IT department of your work or school, or a company that does this for them.

class-security-dlp-innocent = This protects computers against attacks, or keeps customers' data from leaking. Nearly every company has something like it. To do that, it sees much of what happens on a computer.
class-security-dlp-ask = What else are the security data used for? May a manager look at them? How long are they kept?
class-security-dlp-who = That is usually whoever does the security for your work; at home it can be you yourself.

class-network-filter-innocent = This stops dangerous sites, or lets you safely into the network of your work. Schools and families use such filters too. Some people choose one themselves, against advertising.
class-network-filter-ask = Does it only stop what is dangerous, or does it also record which sites I visit? Are secure pages opened? Does my traffic also go through it outside working hours?
class-network-filter-who = That is whoever set up the filter: your work, your school, somebody at home or you yourself.

class-keylogger-innocent = Sometimes people put such a program on their own computer, to get lost text back or to test something. It can be left over from a previous owner. There are few ordinary reasons to keep what somebody else types.
class-keylogger-ask = If the computer belongs to your work, you can ask why this is on it, and what it keeps. If you think of somebody close to you, you can first ask for help elsewhere, before you bring it up.
class-keylogger-who = That can be a partner or a parent, the owner of the computer, or somebody at your work. If you do not feel safe in the Netherlands, you can call Veilig Thuis: 0800-2000, free, day and night. It is the Dutch help line for violence at home. Do that on a telephone that nobody else can get at. In immediate danger, call 112.

class-parental-control-innocent = Parents use this to protect children or to limit their screen time. Perhaps the computer first belonged to a child, or the whole family uses it. The system itself sometimes has something like it on board.
class-parental-control-ask = Who was this set up for, and what can that person see of me? If you got the computer from somebody else, you can ask whether this is still needed. If that does not feel safe, you can first ask for help elsewhere.
class-parental-control-who = That can be a parent or a partner, or whoever owns the computer or set it up. If you do not feel safe in the Netherlands, you can call Veilig Thuis: 0800-2000, free, day and night. It is the Dutch help line for violence at home. Do that on a telephone that nobody else can get at. In immediate danger, call 112.

class-proctoring-innocent = Schools use this for exams at home, and companies for tests for a diploma. It is meant to work only during the exam. Often it stays on the computer afterwards.
class-proctoring-ask = Does this work only during the exam? Which pictures and sounds are kept, how long, and who looks at them? May it be removed after the exam?
class-proctoring-who = That is the school or the organisation that holds the exam, or the company that watches for them.

class-system-logging-innocent = Every system keeps track of what happens, to be able to find faults and attacks. Often this is on by itself, or an administrator switched it on. It is not made to judge people.
class-system-logging-ask = What is kept here, and how long? Who can read it, and does it also go to another computer?
class-system-logging-who = That is whoever manages this computer; on your own computer that is usually you yourself.

class-self-tracking-innocent = With this you can keep track of your own time or work. Perhaps you installed it yourself, or it was already on the computer.
class-self-tracking-ask = You can ask yourself: did I choose this myself? Where does it keep the data: on this computer or somewhere else too? Do I share them with anybody?
class-self-tracking-who = That is you yourself, unless you choose to share the data with others.
