-- What a host keeps beside HAPI, by the Flyway of its own.
create table host_own (id int primary key);
