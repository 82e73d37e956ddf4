-- Corrections of what models marked are looked for in the studies of the last days.
create index auspex_result_subject_created on auspex_result (created_at, subject);
