-- Substring search over the folded column. The index holds no text of its own, and forgets deleted terms at once.
CREATE VIRTUAL TABLE customers_search USING fts5(search, content='customers', content_rowid='id', tokenize='trigram case_sensitive 1');
--> statement-breakpoint
INSERT INTO customers_search(customers_search, rank) VALUES ('secure-delete', 1);
--> statement-breakpoint
CREATE TRIGGER customers_search_insert AFTER INSERT ON customers BEGIN
  INSERT INTO customers_search(rowid, search) VALUES (new.id, new.search);
END;
--> statement-breakpoint
CREATE TRIGGER customers_search_delete AFTER DELETE ON customers BEGIN
  INSERT INTO customers_search(customers_search, rowid, search) VALUES ('delete', old.id, old.search);
END;
--> statement-breakpoint
CREATE TRIGGER customers_search_update AFTER UPDATE OF search ON customers WHEN old.search <> new.search BEGIN
  INSERT INTO customers_search(customers_search, rowid, search) VALUES ('delete', old.id, old.search);
  INSERT INTO customers_search(rowid, search) VALUES (new.id, new.search);
END;
--> statement-breakpoint
-- The audit trail is append-only; erasing a person may empty what changed, and nothing else.
CREATE TRIGGER audit_events_no_delete BEFORE DELETE ON audit_events BEGIN
  SELECT RAISE(ABORT, 'the audit trail is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER audit_events_no_update BEFORE UPDATE OF id, merchant_id, seq, at, actor_type, actor_id, actor_name, action, object_type, object_id, customer_id, fields, commitment, request_id, ip, hash ON audit_events BEGIN
  SELECT RAISE(ABORT, 'the audit trail is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER audit_events_only_empty BEFORE UPDATE OF changes, salt ON audit_events WHEN new.changes IS NOT NULL OR new.salt IS NOT NULL BEGIN
  SELECT RAISE(ABORT, 'the audit trail is append-only');
END;
