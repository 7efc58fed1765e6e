-- Made of the slices' tables by: python -m leadconsole.kernel.schema;

CREATE TABLE adjustment (
	month VARCHAR NOT NULL, 
	description VARCHAR NOT NULL, 
	amount INTEGER NOT NULL, 
	corrects VARCHAR, 
	PRIMARY KEY (month, description)
);

CREATE TABLE allocation (
	month VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	login VARCHAR NOT NULL, 
	amount INTEGER NOT NULL, 
	reason VARCHAR, 
	PRIMARY KEY (month, kind, login), 
	CONSTRAINT allocation_kind CHECK (kind IN ('reserve', 'bonus')), 
	CONSTRAINT allocation_amount CHECK (kind = 'reserve' OR amount >= 0)
);

CREATE TABLE calendar_day (
	calendar VARCHAR NOT NULL, 
	date VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	opens INTEGER, 
	closes INTEGER, 
	PRIMARY KEY (calendar, date), 
	CONSTRAINT day_kind CHECK (kind IN ('off', 'work', 'short')), 
	CONSTRAINT day_span CHECK ((opens IS NULL) = (closes IS NULL) AND (opens IS NULL OR (opens < closes AND closes <= 1440)))
);

CREATE TABLE calendar_hours (
	calendar VARCHAR NOT NULL, 
	weekday INTEGER NOT NULL, 
	opens INTEGER NOT NULL, 
	closes INTEGER NOT NULL, 
	timezone VARCHAR, 
	PRIMARY KEY (calendar, weekday, opens), 
	CONSTRAINT hours_weekday CHECK (weekday BETWEEN 0 AND 6), 
	CONSTRAINT hours_span CHECK (opens >= 0 AND opens < closes AND closes <= 1440)
);

CREATE TABLE canned_text (
	owner VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	PRIMARY KEY (owner, name), 
	CONSTRAINT canned_text_name CHECK (length(name) > 0)
);

CREATE TABLE client (
	code VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	domains VARCHAR, 
	emails VARCHAR, 
	status VARCHAR NOT NULL, 
	started VARCHAR, 
	ended VARCHAR, 
	policy VARCHAR, 
	calendar VARCHAR, 
	notes VARCHAR, 
	toxic_since VARCHAR, 
	toxic_reason VARCHAR, 
	PRIMARY KEY (code), 
	CONSTRAINT client_status CHECK (status IN ('active', 'leaving', 'left')), 
	CONSTRAINT client_span CHECK (ended IS NULL OR started IS NULL OR ended >= started)
);

CREATE TABLE closed_month (
	month VARCHAR NOT NULL, 
	at INTEGER NOT NULL, 
	actor VARCHAR NOT NULL, 
	frozen VARCHAR NOT NULL, 
	previous VARCHAR NOT NULL, 
	hash VARCHAR NOT NULL, 
	PRIMARY KEY (month)
);

CREATE TABLE demand (
	day VARCHAR NOT NULL, 
	starts INTEGER NOT NULL, 
	ends INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	people INTEGER NOT NULL, 
	PRIMARY KEY (day, starts, ends, line), 
	CONSTRAINT demand_line CHECK (line BETWEEN 0 AND 3), 
	CONSTRAINT demand_span CHECK (starts BETWEEN 0 AND 1439 AND ends BETWEEN 0 AND 1440), 
	CONSTRAINT demand_people CHECK (people >= 0)
);

CREATE TABLE desk_fact (
	name VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	PRIMARY KEY (name)
);

CREATE TABLE draft (
	actor VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	at INTEGER NOT NULL, 
	PRIMARY KEY (actor, "key"), 
	CONSTRAINT draft_key CHECK (length(key) > 0)
);

CREATE TABLE event (
	id INTEGER NOT NULL, 
	subject VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	seq INTEGER NOT NULL, 
	at INTEGER NOT NULL, 
	recorded INTEGER NOT NULL, 
	actor VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	value VARCHAR, 
	text VARCHAR, 
	"before" VARCHAR, 
	"after" VARCHAR, 
	batch INTEGER, 
	undoes INTEGER, 
	PRIMARY KEY (id)
);

CREATE INDEX event_steps ON event (actor, id) WHERE batch IS NOT NULL;

CREATE UNIQUE INDEX event_story ON event (subject, "key", at, seq);

CREATE TABLE macro (
	owner VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	assign VARCHAR, 
	line INTEGER, 
	reason VARCHAR, 
	priority VARCHAR, 
	status VARCHAR, 
	wait VARCHAR, 
	tags VARCHAR, 
	minutes INTEGER, 
	note VARCHAR, 
	reply VARCHAR, 
	PRIMARY KEY (owner, name), 
	CONSTRAINT macro_name CHECK (length(name) > 0), 
	CONSTRAINT macro_line CHECK (line BETWEEN 1 AND 3)
);

CREATE TABLE norm (
	policy VARCHAR NOT NULL, 
	priority VARCHAR NOT NULL, 
	line INTEGER NOT NULL, 
	first_reply_minutes INTEGER, 
	resolution_minutes INTEGER, 
	PRIMARY KEY (policy, priority, line), 
	CONSTRAINT norm_priority CHECK (priority IN ('low', 'normal', 'high', 'urgent')), 
	CONSTRAINT norm_line CHECK (line BETWEEN 0 AND 3), 
	CONSTRAINT norm_minutes CHECK (first_reply_minutes >= 0 AND resolution_minutes >= 0)
);

CREATE INDEX norm_of_policy ON norm (policy);

CREATE TABLE passed_on (
	month VARCHAR NOT NULL, 
	file VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	at INTEGER NOT NULL, 
	PRIMARY KEY (month, file, "key")
);

CREATE TABLE payout_decision (
	month VARCHAR NOT NULL, 
	change VARCHAR NOT NULL, 
	until VARCHAR NOT NULL, 
	PRIMARY KEY (month)
);

CREATE TABLE person (
	login VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	role VARCHAR NOT NULL, 
	lines VARCHAR NOT NULL, 
	email VARCHAR, 
	timezone VARCHAR, 
	weekly_minutes INTEGER NOT NULL, 
	started VARCHAR, 
	ended VARCHAR, 
	PRIMARY KEY (login), 
	CONSTRAINT person_role CHECK (role IN ('lead', 'specialist', 'contractor', 'director', 'accountant')), 
	CONSTRAINT person_week CHECK (weekly_minutes BETWEEN 0 AND 10080), 
	CONSTRAINT person_span CHECK (ended IS NULL OR started IS NULL OR ended >= started)
);

CREATE TABLE public_day (
	country VARCHAR NOT NULL, 
	date VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	PRIMARY KEY (country, date), 
	CONSTRAINT public_kind CHECK (kind IN ('off', 'work', 'short'))
);

CREATE TABLE roster_rule (
	rule VARCHAR NOT NULL, 
	severity VARCHAR NOT NULL, 
	bound INTEGER, 
	PRIMARY KEY (rule), 
	CONSTRAINT roster_rule_severity CHECK (severity IN ('hard', 'soft', 'off'))
);

CREATE TABLE saved_view (
	owner VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	"view" VARCHAR NOT NULL, 
	filter VARCHAR NOT NULL, 
	columns VARCHAR DEFAULT '' NOT NULL, 
	sort VARCHAR DEFAULT '' NOT NULL, 
	PRIMARY KEY (owner, name), 
	CONSTRAINT saved_view_name CHECK (length(name) > 0)
);

CREATE TABLE setting (
	"key" VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	PRIMARY KEY ("key")
);

CREATE TABLE shift_type (
	code VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	starts INTEGER NOT NULL, 
	ends INTEGER NOT NULL, 
	break_minutes INTEGER NOT NULL, 
	PRIMARY KEY (code), 
	CONSTRAINT shift_type_code CHECK (length(code) > 0), 
	CONSTRAINT shift_type_span CHECK (starts BETWEEN 0 AND 1439 AND ends BETWEEN 0 AND 1440), 
	CONSTRAINT shift_type_break CHECK (break_minutes BETWEEN 0 AND 1439)
);

CREATE TABLE ticket_text (
	id INTEGER NOT NULL, 
	text VARCHAR NOT NULL, 
	PRIMARY KEY (id)
);

CREATE TABLE absence (
	login VARCHAR NOT NULL, 
	first VARCHAR NOT NULL, 
	last VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	note VARCHAR, 
	PRIMARY KEY (login, first), 
	CONSTRAINT absence_kind CHECK (kind IN ('vacation', 'sick', 'study', 'other')), 
	CONSTRAINT absence_span CHECK (last >= first), 
	FOREIGN KEY(login) REFERENCES person (login)
);

CREATE INDEX absence_days ON absence (last, first);

CREATE TABLE agenda_point (
	login VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	author VARCHAR NOT NULL, 
	at INTEGER NOT NULL, 
	text VARCHAR NOT NULL, 
	closed VARCHAR, 
	PRIMARY KEY (login, number), 
	FOREIGN KEY(login) REFERENCES person (login)
);

CREATE TABLE client_sheet (
	client VARCHAR NOT NULL, 
	access VARCHAR, 
	quirks VARCHAR, 
	PRIMARY KEY (client), 
	FOREIGN KEY(client) REFERENCES client (code)
);

CREATE TABLE closed_line (
	month VARCHAR NOT NULL, 
	place INTEGER NOT NULL, 
	section VARCHAR NOT NULL, 
	who VARCHAR NOT NULL, 
	what VARCHAR NOT NULL, 
	amount INTEGER NOT NULL, 
	file VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	base INTEGER NOT NULL, 
	days INTEGER NOT NULL, 
	of_days INTEGER NOT NULL, 
	at INTEGER, 
	ticket INTEGER, 
	hash VARCHAR NOT NULL, 
	PRIMARY KEY (month, place), 
	FOREIGN KEY(month) REFERENCES closed_month (month)
);

CREATE INDEX closed_line_source ON closed_line (file, "key");

CREATE INDEX closed_line_ticket ON closed_line (ticket) WHERE ticket IS NOT NULL;

CREATE TABLE contact (
	client VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	email VARCHAR, 
	phone VARCHAR, 
	note VARCHAR, 
	PRIMARY KEY (client, name), 
	FOREIGN KEY(client) REFERENCES client (code)
);

CREATE TABLE criterion (
	login VARCHAR NOT NULL, 
	criterion VARCHAR NOT NULL, 
	first VARCHAR NOT NULL, 
	last VARCHAR, 
	most INTEGER NOT NULL, 
	position INTEGER, 
	PRIMARY KEY (login, criterion, first), 
	CONSTRAINT criterion_most CHECK (most > 0), 
	CONSTRAINT criterion_span CHECK (last IS NULL OR last >= first), 
	FOREIGN KEY(login) REFERENCES person (login)
);

CREATE TABLE criterion_step (
	login VARCHAR NOT NULL, 
	criterion VARCHAR NOT NULL, 
	first VARCHAR NOT NULL, 
	points INTEGER NOT NULL, 
	text VARCHAR NOT NULL, 
	PRIMARY KEY (login, criterion, first, points), 
	CONSTRAINT step_points CHECK (points >= 0), 
	FOREIGN KEY(login) REFERENCES person (login)
);

CREATE TABLE curation (
	client VARCHAR NOT NULL, 
	login VARCHAR NOT NULL, 
	since VARCHAR NOT NULL, 
	level VARCHAR NOT NULL, 
	until VARCHAR, 
	PRIMARY KEY (client, login, since), 
	CONSTRAINT curation_level CHECK (level IN ('learning', 'curator', 'lead')), 
	CONSTRAINT curation_span CHECK (until IS NULL OR until >= since), 
	FOREIGN KEY(client) REFERENCES client (code), 
	FOREIGN KEY(login) REFERENCES person (login)
);

CREATE INDEX curation_of_person ON curation (login, client);

CREATE TABLE expense (
	month VARCHAR NOT NULL, 
	description VARCHAR NOT NULL, 
	amount INTEGER NOT NULL, 
	client VARCHAR, 
	ticket INTEGER, 
	PRIMARY KEY (month, description), 
	CONSTRAINT expense_amount CHECK (amount >= 0), 
	FOREIGN KEY(client) REFERENCES client (code)
);

CREATE TABLE lead_handover (
	client VARCHAR NOT NULL, 
	begun VARCHAR NOT NULL, 
	giver VARCHAR NOT NULL, 
	taker VARCHAR NOT NULL, 
	effective VARCHAR NOT NULL, 
	introduction VARCHAR, 
	access VARCHAR, 
	open_work VARCHAR, 
	quirks VARCHAR, 
	done VARCHAR, 
	cancelled VARCHAR, 
	PRIMARY KEY (client, begun), 
	CONSTRAINT handover_span CHECK (effective >= begun), 
	CONSTRAINT handover_to_other CHECK (giver <> taker), 
	FOREIGN KEY(client) REFERENCES client (code), 
	FOREIGN KEY(giver) REFERENCES person (login), 
	FOREIGN KEY(taker) REFERENCES person (login)
);

CREATE TABLE learning_task (
	client VARCHAR NOT NULL, 
	login VARCHAR NOT NULL, 
	since VARCHAR NOT NULL, 
	due VARCHAR NOT NULL, 
	done VARCHAR, 
	dropped VARCHAR, 
	because VARCHAR, 
	PRIMARY KEY (client, login, since), 
	CONSTRAINT learning_span CHECK (due >= since), 
	CONSTRAINT learning_end CHECK (done IS NULL OR dropped IS NULL), 
	FOREIGN KEY(client) REFERENCES client (code), 
	FOREIGN KEY(login) REFERENCES person (login)
);

CREATE TABLE meeting_action (
	login VARCHAR NOT NULL, 
	date VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	owner VARCHAR NOT NULL, 
	due VARCHAR, 
	done VARCHAR, 
	PRIMARY KEY (login, date, text), 
	FOREIGN KEY(login) REFERENCES person (login)
);

CREATE TABLE meeting_correction (
	login VARCHAR NOT NULL, 
	date VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	author VARCHAR NOT NULL, 
	at INTEGER NOT NULL, 
	text VARCHAR NOT NULL, 
	PRIMARY KEY (login, date, number), 
	FOREIGN KEY(login) REFERENCES person (login)
);

CREATE TABLE meeting_move (
	login VARCHAR NOT NULL, 
	day VARCHAR NOT NULL, 
	moved VARCHAR, 
	reason VARCHAR, 
	PRIMARY KEY (login, day), 
	FOREIGN KEY(login) REFERENCES person (login)
);

CREATE TABLE meeting_plan (
	login VARCHAR NOT NULL, 
	rule VARCHAR NOT NULL, 
	PRIMARY KEY (login), 
	FOREIGN KEY(login) REFERENCES person (login)
);

CREATE TABLE meeting_record (
	login VARCHAR NOT NULL, 
	date VARCHAR NOT NULL, 
	author VARCHAR NOT NULL, 
	saved INTEGER NOT NULL, 
	held VARCHAR NOT NULL, 
	evidence VARCHAR NOT NULL, 
	own VARCHAR NOT NULL, 
	acknowledged INTEGER, 
	remark VARCHAR, 
	PRIMARY KEY (login, date), 
	CONSTRAINT record_held CHECK (held IN ('office', 'remote')), 
	FOREIGN KEY(login) REFERENCES person (login)
);

CREATE TABLE meeting_score (
	login VARCHAR NOT NULL, 
	date VARCHAR NOT NULL, 
	criterion VARCHAR NOT NULL, 
	points INTEGER NOT NULL, 
	reason VARCHAR NOT NULL, 
	PRIMARY KEY (login, date, criterion), 
	CONSTRAINT score_points CHECK (points >= 0), 
	FOREIGN KEY(login) REFERENCES person (login)
);

CREATE TABLE own_point (
	login VARCHAR NOT NULL, 
	criterion VARCHAR NOT NULL, 
	points INTEGER NOT NULL, 
	reason VARCHAR, 
	at INTEGER NOT NULL, 
	PRIMARY KEY (login, criterion), 
	CONSTRAINT own_points CHECK (points >= 0), 
	FOREIGN KEY(login) REFERENCES person (login)
);

CREATE TABLE person_rule (
	login VARCHAR NOT NULL, 
	rule VARCHAR NOT NULL, 
	shift VARCHAR NOT NULL, 
	bound INTEGER NOT NULL, 
	PRIMARY KEY (login, rule, shift), 
	CONSTRAINT person_rule_bound CHECK (bound >= 0), 
	FOREIGN KEY(login) REFERENCES person (login)
);

CREATE TABLE private_note (
	author VARCHAR NOT NULL, 
	login VARCHAR NOT NULL, 
	date VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	at INTEGER NOT NULL, 
	PRIMARY KEY (author, login, date), 
	FOREIGN KEY(login) REFERENCES person (login)
);

CREATE TABLE salary (
	login VARCHAR NOT NULL, 
	first VARCHAR NOT NULL, 
	amount INTEGER NOT NULL, 
	PRIMARY KEY (login, first), 
	CONSTRAINT salary_amount CHECK (amount >= 0), 
	FOREIGN KEY(login) REFERENCES person (login)
);

CREATE TABLE shift (
	login VARCHAR NOT NULL, 
	date VARCHAR NOT NULL, 
	shift VARCHAR NOT NULL, 
	PRIMARY KEY (login, date), 
	FOREIGN KEY(login) REFERENCES person (login), 
	FOREIGN KEY(shift) REFERENCES shift_type (code)
);

CREATE INDEX shift_days ON shift (date, login, shift);

CREATE TABLE ssh_key (
	fingerprint VARCHAR NOT NULL, 
	login VARCHAR NOT NULL, 
	type VARCHAR NOT NULL, 
	base64 VARCHAR NOT NULL, 
	added INTEGER NOT NULL, 
	PRIMARY KEY (fingerprint), 
	FOREIGN KEY(login) REFERENCES person (login)
);

CREATE INDEX ix_ssh_key_login ON ssh_key (login);

CREATE TABLE subscription (
	client VARCHAR NOT NULL, 
	first VARCHAR NOT NULL, 
	last VARCHAR, 
	monthly_fee INTEGER NOT NULL, 
	PRIMARY KEY (client, first), 
	CONSTRAINT subscription_fee CHECK (monthly_fee >= 0), 
	CONSTRAINT subscription_span CHECK (last IS NULL OR last >= first), 
	FOREIGN KEY(client) REFERENCES client (code)
);

CREATE TABLE substitution (
	client VARCHAR NOT NULL, 
	absent VARCHAR NOT NULL, 
	first VARCHAR NOT NULL, 
	last VARCHAR NOT NULL, 
	substitute VARCHAR NOT NULL, 
	acknowledged INTEGER, 
	PRIMARY KEY (client, absent, first), 
	CONSTRAINT substitution_span CHECK (last >= first), 
	CONSTRAINT substitution_of_other CHECK (substitute <> absent), 
	FOREIGN KEY(client) REFERENCES client (code), 
	FOREIGN KEY(absent) REFERENCES person (login), 
	FOREIGN KEY(substitute) REFERENCES person (login)
);

CREATE INDEX substitution_days ON substitution (substitute, last, first);

CREATE TABLE ticket (
	number INTEGER NOT NULL, 
	client VARCHAR NOT NULL, 
	subject VARCHAR NOT NULL, 
	body VARCHAR, 
	requester VARCHAR, 
	kind VARCHAR NOT NULL, 
	channel VARCHAR, 
	created INTEGER NOT NULL, 
	estimate_minutes INTEGER, 
	price INTEGER, 
	agreed INTEGER, 
	promised INTEGER, 
	wait_until INTEGER, 
	resolution_code VARCHAR, 
	tags VARCHAR, 
	start_status VARCHAR NOT NULL, 
	start_assignee VARCHAR, 
	start_line INTEGER NOT NULL, 
	start_priority VARCHAR NOT NULL, 
	start_first_reply INTEGER, 
	start_resolved INTEGER, 
	start_accepted INTEGER, 
	version INTEGER NOT NULL, 
	subject_key VARCHAR NOT NULL, 
	status VARCHAR NOT NULL, 
	assignee VARCHAR, 
	line INTEGER NOT NULL, 
	priority VARCHAR NOT NULL, 
	first_reply_at INTEGER, 
	resolved_at INTEGER, 
	accepted_at INTEGER, 
	first_reply_due INTEGER, 
	resolution_due INTEGER, 
	resolution_left INTEGER, 
	verdict VARCHAR, 
	urgency INTEGER NOT NULL, 
	priority_order INTEGER NOT NULL, 
	risk_at INTEGER, 
	handovers INTEGER NOT NULL, 
	returns INTEGER NOT NULL, 
	pingpongs INTEGER NOT NULL, 
	line_pushbacks INTEGER NOT NULL, 
	reopens INTEGER NOT NULL, 
	resolutions INTEGER NOT NULL, 
	spent_minutes INTEGER NOT NULL, 
	repeat_of INTEGER, 
	PRIMARY KEY (number), 
	CONSTRAINT ticket_kind CHECK (kind IN ('incident', 'consultation', 'task', 'project')), 
	CONSTRAINT ticket_priority CHECK (priority IN ('low', 'normal', 'high', 'urgent')), 
	CONSTRAINT ticket_line CHECK (line BETWEEN 1 AND 3), 
	CONSTRAINT ticket_status CHECK (status IN ('new', 'open', 'waiting_client', 'waiting_third_party', 'resolved', 'accepted', 'closed_rejected')), 
	CONSTRAINT ticket_price CHECK (price >= 0), 
	FOREIGN KEY(client) REFERENCES client (code), 
	FOREIGN KEY(start_assignee) REFERENCES person (login), 
	FOREIGN KEY(assignee) REFERENCES person (login)
);

CREATE INDEX ticket_accepted ON ticket (accepted_at, price, client) WHERE accepted_at IS NOT NULL AND price IS NOT NULL;

CREATE INDEX ticket_all ON ticket (urgency, priority_order, number);

CREATE INDEX ticket_held ON ticket (assignee, urgency, priority_order, number) WHERE status IN ('new', 'open', 'waiting_client', 'waiting_third_party');

CREATE INDEX ticket_left_out ON ticket (resolved_at, accepted_at, price) WHERE status IN ('resolved', 'accepted') AND (kind IN ('task', 'project') OR price IS NOT NULL);

CREATE INDEX ticket_matter ON ticket (client, subject_key, created);

CREATE INDEX ticket_month ON ticket (resolved_at) WHERE status IN ('resolved', 'accepted', 'closed_rejected');

CREATE INDEX ticket_of_client ON ticket (client, created);

CREATE INDEX ticket_open ON ticket (urgency, priority_order, number, risk_at) WHERE status IN ('new', 'open', 'waiting_client', 'waiting_third_party');

CREATE INDEX ticket_repeated ON ticket (repeat_of) WHERE repeat_of IS NOT NULL;

CREATE INDEX ticket_repeats ON ticket (urgency, priority_order, number) WHERE repeat_of IS NOT NULL;

CREATE INDEX ticket_resolved ON ticket (urgency, priority_order, number) WHERE status = 'resolved';

CREATE INDEX ticket_waiting ON ticket (urgency, priority_order, number) WHERE status IN ('waiting_client', 'waiting_third_party');

CREATE TABLE wish (
	login VARCHAR NOT NULL, 
	date VARCHAR NOT NULL, 
	shift VARCHAR NOT NULL, 
	weight INTEGER NOT NULL, 
	PRIMARY KEY (login, date), 
	CONSTRAINT wish_weight CHECK (weight <> 0), 
	FOREIGN KEY(login) REFERENCES person (login)
);

CREATE INDEX wish_days ON wish (date);

CREATE TABLE ticket_link (
	ticket INTEGER NOT NULL, 
	other INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	PRIMARY KEY (ticket, other), 
	CONSTRAINT ticket_link_kind CHECK (kind IN ('related', 'merged', 'split')), 
	CONSTRAINT ticket_link_two CHECK (ticket <> other), 
	FOREIGN KEY(ticket) REFERENCES ticket (number), 
	FOREIGN KEY(other) REFERENCES ticket (number)
);

CREATE UNIQUE INDEX ticket_link_merged ON ticket_link (ticket) WHERE kind = 'merged';

CREATE INDEX ticket_link_other ON ticket_link (other);

CREATE TRIGGER event_stays BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

CREATE TRIGGER event_remains BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

CREATE VIRTUAL TABLE ticket_search USING fts5(text, content='ticket_text', content_rowid='id', tokenize='trigram', detail='none');

CREATE TRIGGER ticket_text_added AFTER INSERT ON ticket_text BEGIN INSERT INTO ticket_search (rowid, text) VALUES (new.id, new.text); END;

CREATE TRIGGER ticket_text_removed AFTER DELETE ON ticket_text BEGIN INSERT INTO ticket_search (ticket_search, rowid, text) VALUES ('delete', old.id, old.text); END;

CREATE TRIGGER ticket_text_changed AFTER UPDATE ON ticket_text BEGIN INSERT INTO ticket_search (ticket_search, rowid, text) VALUES ('delete', old.id, old.text); INSERT INTO ticket_search (rowid, text) VALUES (new.id, new.text); END;
