package org.auspex.server;

import org.auspex.commandline.CommandLineDoor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.data.jpa.JpaRepositoriesAutoConfiguration;
import org.springframework.boot.autoconfigure.elasticsearch.ElasticsearchRestClientAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.orm.jpa.HibernateJpaAutoConfiguration;
import org.springframework.boot.autoconfigure.quartz.QuartzAutoConfiguration;
import org.springframework.boot.autoconfigure.thymeleaf.ThymeleafAutoConfiguration;

/**
 * Starts the server. The exclusions are libraries that HAPI brings along and wires itself, or that nobody here asked
 * for: left in, Spring Boot would start a second one of each.
 */
@SpringBootApplication(
        proxyBeanMethods = false,
        exclude = {
            ElasticsearchRestClientAutoConfiguration.class,
            FlywayAutoConfiguration.class,
            HibernateJpaAutoConfiguration.class,
            JpaRepositoriesAutoConfiguration.class,
            QuartzAutoConfiguration.class,
            ThymeleafAutoConfiguration.class
        })
public class AuspexServer {

    public static void main(String[] args) {
        if (CommandLineDoor.isMeantBy(args)) {
            // What a command prints is its answer; what libraries have to say goes to the other stream.
            System.setProperty("logback.configurationFile", "commandline-logback.xml");
            System.exit(CommandLineDoor.run(args));
        }
        SpringApplication.run(AuspexServer.class, args);
    }
}
