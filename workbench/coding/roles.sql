-- Roles of a team, enforced by the database; see roles.py, which fills in what stands in braces.
-- It may run again over an earlier version of itself.

-- Who is asking. `session_user` is who logged in, whatever role was put on since. In plpgsql, which plans its
-- queries once a session: every act that is added asks.
CREATE OR REPLACE FUNCTION workbench_role() RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    RETURN (SELECT role FROM members WHERE login = session_user);
END $$;

CREATE OR REPLACE FUNCTION workbench_coder() RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    RETURN (SELECT coder FROM members WHERE login = session_user);
END $$;

-- Volatile, so that it sees acts that the same statement has added.
CREATE OR REPLACE FUNCTION workbench_own(about text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    RETURN EXISTS (SELECT FROM acts WHERE id = about AND coder = workbench_coder());
END $$;

-- Called by functions that run as the tables' owner: `current_user` is the owner in them.
CREATE OR REPLACE FUNCTION workbench_only_leads() RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT coalesce(workbench_role() = 'lead', false) AND NOT pg_has_role(session_user, current_user, 'USAGE') THEN
        RAISE insufficient_privilege USING MESSAGE = 'this is for leads';
    END IF;
END $$;

-- Which rows a role may add or change.
ALTER TABLE acts ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS acts_read ON acts;
CREATE POLICY acts_read ON acts FOR SELECT USING (true);
DROP POLICY IF EXISTS acts_add ON acts;
CREATE POLICY acts_add ON acts FOR INSERT WITH CHECK (
    (SELECT workbench_role()) = 'lead'
    OR (SELECT workbench_role()) = 'coder' AND coder = (SELECT workbench_coder())
    AND (kind IN ({free}) OR kind IN ({on_own}) AND workbench_own(target))
);
DROP POLICY IF EXISTS acts_erase ON acts;
CREATE POLICY acts_erase ON acts FOR UPDATE USING ((SELECT workbench_role()) = 'lead');

ALTER TABLE in_force ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS in_force_read ON in_force;
CREATE POLICY in_force_read ON in_force FOR SELECT USING (true);
DROP POLICY IF EXISTS in_force_add ON in_force;
CREATE POLICY in_force_add ON in_force FOR INSERT WITH CHECK (
    (SELECT workbench_role()) = 'lead'
    OR (SELECT workbench_role()) = 'coder' AND coder = (SELECT workbench_coder())
);
DROP POLICY IF EXISTS in_force_change ON in_force;
CREATE POLICY in_force_change ON in_force FOR UPDATE USING (
    (SELECT workbench_role()) = 'lead'
    OR (SELECT workbench_role()) = 'coder' AND coder = (SELECT workbench_coder())
);
DROP POLICY IF EXISTS in_force_remove ON in_force;
CREATE POLICY in_force_remove ON in_force FOR DELETE USING (
    (SELECT workbench_role()) = 'lead'
    OR (SELECT workbench_role()) = 'coder' AND coder = (SELECT workbench_coder())
);

-- Which tables a login may touch: in this database only, and again at each upgrade, for tables that are new.
CREATE OR REPLACE FUNCTION workbench_grant(who text, as_role text) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF who = (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = 'acts'::regclass)
        OR NOT EXISTS (SELECT FROM pg_roles WHERE rolname = who) THEN
        RETURN;
    END IF;
    EXECUTE format('REVOKE ALL ON {everything} FROM %I', who);
    IF as_role IS NULL THEN
        RETURN;
    END IF;
    IF NOT has_database_privilege(who, current_database(), 'CONNECT') THEN
        EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), who);
    END IF;
    IF NOT has_schema_privilege(who, current_schema(), 'USAGE') THEN
        EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', current_schema(), who);
    END IF;
    EXECUTE format('GRANT SELECT ON {everything} TO %I', who);
    IF as_role = 'coder' THEN
        EXECUTE format('GRANT INSERT ON acts, guids, carried TO %I', who);
        EXECUTE format('GRANT INSERT, UPDATE, DELETE ON in_force TO %I', who);
    ELSIF as_role = 'lead' THEN
        EXECUTE format('GRANT INSERT, UPDATE (memo, quote) ON acts TO %I', who);
        EXECUTE format('GRANT INSERT, UPDATE, DELETE ON {kept} TO %I', who);
    END IF;
END $$;

CREATE UNIQUE INDEX IF NOT EXISTS members_by_coder ON members (coder);

CREATE OR REPLACE FUNCTION workbench_add_member(who text, as_coder text, as_role text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    PERFORM workbench_only_leads();
    IF as_role NOT IN ('lead', 'coder', 'reader') THEN
        RAISE 'there is no role %', as_role;
    END IF;
    INSERT INTO members VALUES (who, as_coder, as_role)
    ON CONFLICT (login) DO UPDATE SET coder = as_coder, role = as_role;
    PERFORM workbench_grant(who, as_role);
END $$;

CREATE OR REPLACE FUNCTION workbench_remove_member(who text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    PERFORM workbench_only_leads();
    DELETE FROM members WHERE login = who;
    PERFORM workbench_grant(who, NULL);
END $$;

-- Erased words stay in a table's free space until it is written anew. VACUUM FULL does that for owners only, and
-- never in a function; so does this, for every lead.
CREATE OR REPLACE FUNCTION workbench_compact() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    PERFORM workbench_only_leads();
    {clustered}
END $$;

-- Who makes a store is its first lead.
INSERT INTO members VALUES (session_user, session_user, 'lead') ON CONFLICT DO NOTHING;
SELECT workbench_grant(login, role) FROM members;

-- Servers before 15 let everybody put tables and functions beside the store's.
DO $$
BEGIN
    IF EXISTS (
        SELECT FROM pg_namespace, aclexplode(nspacl)
        WHERE nspname = current_schema() AND grantee = 0 AND privilege_type = 'CREATE'
    ) THEN
        EXECUTE format('REVOKE CREATE ON SCHEMA %I FROM PUBLIC', current_schema());
    END IF;
END $$;
