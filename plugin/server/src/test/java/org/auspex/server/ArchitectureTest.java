package org.auspex.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.rest.annotation.Operation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** The rules of the house, as docs/architecture.md states them. */
@AnalyzeClasses(
        packages = "org.auspex",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
class ArchitectureTest {

    /** The tests of imaging lie on the class path as a jar. */
    static final class NoTestJars implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    @ArchTest
    static final ArchRule modulesImportOnlyWhatLiesBelow = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("server")
            .definedBy("org.auspex.server..")
            .layer("autoconfigure")
            .definedBy("org.auspex.autoconfigure..")
            .layer("commandline")
            .definedBy("org.auspex.commandline..")
            .layer("operations")
            .definedBy("org.auspex.operations..")
            .layer("interceptors")
            .definedBy("org.auspex.interceptors..")
            .layer("endpoints")
            .definedBy("org.auspex.endpoints..")
            .layer("store")
            .definedBy("org.auspex.store..")
            .layer("worklist")
            .definedBy("org.auspex.worklist..")
            .layer("imaging")
            .definedBy("org.auspex.imaging..")
            .layer("language")
            .definedBy("org.auspex.language..")
            .layer("kernel")
            .definedBy("org.auspex.kernel..")
            .layer("terminology")
            .definedBy("org.auspex.terminology..")
            .layer("testdata")
            .definedBy("org.auspex.testdata..")
            .whereLayer("server")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("autoconfigure")
            .mayOnlyBeAccessedByLayers("server")
            .whereLayer("commandline")
            .mayOnlyBeAccessedByLayers("server")
            .whereLayer("operations")
            .mayOnlyBeAccessedByLayers("autoconfigure")
            .whereLayer("interceptors")
            .mayOnlyBeAccessedByLayers("autoconfigure")
            .whereLayer("endpoints")
            .mayOnlyBeAccessedByLayers("autoconfigure")
            .whereLayer("store")
            .mayOnlyBeAccessedByLayers("server", "autoconfigure", "operations", "interceptors")
            .whereLayer("worklist")
            .mayOnlyBeAccessedByLayers("autoconfigure", "operations", "interceptors")
            .whereLayer("imaging")
            .mayOnlyBeAccessedByLayers("autoconfigure", "operations", "interceptors", "endpoints")
            .whereLayer("language")
            .mayOnlyBeAccessedByLayers("autoconfigure", "commandline", "operations", "interceptors", "endpoints")
            .whereLayer("kernel")
            .mayOnlyBeAccessedByLayers(
                    "autoconfigure",
                    "commandline",
                    "operations",
                    "interceptors",
                    "endpoints",
                    "store",
                    "worklist",
                    "imaging",
                    "language")
            .whereLayer("testdata")
            .mayOnlyBeAccessedByLayers("server", "autoconfigure", "commandline");

    @ArchTest
    static final ArchRule theKernelsPackagesFollowTheData = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("adaptation")
            .definedBy("org.auspex.kernel.adaptation")
            .layer("appraisal")
            .definedBy("org.auspex.kernel.appraisal..")
            .layer("watch")
            .definedBy("org.auspex.kernel.watch")
            .layer("background")
            .definedBy("org.auspex.kernel.background")
            .layer("prediction")
            .definedBy("org.auspex.kernel")
            .layer("evidence")
            .definedBy("org.auspex.kernel.evidence")
            .layer("features")
            .definedBy("org.auspex.kernel.features")
            .layer("model")
            .definedBy("org.auspex.kernel.model")
            .layer("images")
            .definedBy("org.auspex.kernel.images")
            .layer("notes")
            .definedBy("org.auspex.kernel.notes")
            .layer("monai")
            .definedBy("org.auspex.kernel.monai")
            .layer("inference")
            .definedBy("org.auspex.kernel.inference")
            .layer("outcome")
            .definedBy("org.auspex.kernel.outcome")
            .layer("findings")
            .definedBy("org.auspex.kernel.findings")
            .whereLayer("adaptation")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("appraisal")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("watch")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("background")
            .mayOnlyBeAccessedByLayers("adaptation", "appraisal")
            .whereLayer("prediction")
            .mayOnlyBeAccessedByLayers("adaptation", "appraisal", "watch")
            .whereLayer("findings")
            .mayOnlyBeAccessedByLayers("prediction", "watch")
            .whereLayer("inference")
            .mayOnlyBeAccessedByLayers("prediction", "adaptation", "appraisal")
            .whereLayer("evidence")
            .mayOnlyBeAccessedByLayers("prediction", "findings", "appraisal", "watch")
            .whereLayer("monai")
            .mayOnlyBeAccessedByLayers("prediction")
            .whereLayer("model")
            .mayOnlyBeAccessedByLayers(
                    "adaptation", "appraisal", "watch", "prediction", "inference", "findings", "monai")
            .whereLayer("images")
            .mayOnlyBeAccessedByLayers(
                    "adaptation",
                    "prediction",
                    "evidence",
                    "features",
                    "model",
                    "monai",
                    "inference",
                    "outcome",
                    "findings")
            .whereLayer("notes")
            .mayOnlyBeAccessedByLayers(
                    "prediction", "evidence", "features", "model", "inference", "outcome", "findings")
            .whereLayer("outcome")
            .mayOnlyBeAccessedByLayers(
                    "adaptation", "appraisal", "watch", "prediction", "model", "inference", "findings")
            .whereLayer("features")
            .mayOnlyBeAccessedByLayers(
                    "adaptation",
                    "appraisal",
                    "watch",
                    "prediction",
                    "evidence",
                    "model",
                    "inference",
                    "findings",
                    "monai");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("org.auspex.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule packagesAreNamedByWhatTheyAreAbout =
            noClasses().should().resideInAnyPackage("..common..", "..util..", "..utils..", "..impl..", "..config..");

    @ArchTest
    static final ArchRule fhirIsNotSpokenWhereRecordsAre = noClasses()
            .that()
            .resideInAnyPackage(
                    "org.auspex.kernel.features..",
                    "org.auspex.kernel.model..",
                    "org.auspex.kernel.images..",
                    "org.auspex.kernel.notes..",
                    "org.auspex.kernel.monai..",
                    "org.auspex.kernel.inference..",
                    "org.auspex.kernel.outcome..",
                    "org.auspex.kernel.evaluation..",
                    "org.auspex.worklist..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.hl7.fhir..");

    @ArchTest
    static final ArchRule tensorsStayInInference = noClasses()
            .that()
            .resideOutsideOfPackage("org.auspex.kernel.inference..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.djl..");

    @ArchTest
    static final ArchRule theDicomToolkitStaysInItsAdapter = noClasses()
            .that()
            .resideOutsideOfPackages("org.auspex.imaging.dicom.bus..", "org.auspex.dcm4che..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.aoju..", "org.dcm4che3..");

    @ArchTest
    static final ArchRule codecsStayInPixels = noClasses()
            .that()
            .resideOutsideOfPackage("org.auspex.imaging.pixels..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.twelvemonkeys..", "com.github.jaiimageio..");

    @ArchTest
    static final ArchRule formatsStayInDocuments = noClasses()
            .that()
            .resideOutsideOfPackage("org.auspex.language.documents..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.pdfbox..", "org.jsoup..", "com.rtfparserkit..");

    @ArchTest
    static final ArchRule searchingStaysInRetrieval = noClasses()
            .that()
            .resideOutsideOfPackage("org.auspex.language.retrieval..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.lucene..");

    @ArchTest
    static final ArchRule languageModelsAreAskedInOnePlace = noClasses()
            .that()
            .resideOutsideOfPackage("org.auspex.language.chat..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.langchain4j..");

    @ArchTest
    static final ArchRule theKernelKnowsNoServer = noClasses()
            .that()
            .resideInAnyPackage(
                    "org.auspex.kernel..", "org.auspex.terminology..", "org.auspex.imaging..", "org.auspex.language..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework..", "jakarta.servlet..", "ca.uhn.fhir.jpa..", "ca.uhn.fhir.rest.server..");

    @ArchTest
    static final ArchRule onlyTheStoreUsesDaos = noClasses()
            .that()
            .resideOutsideOfPackages("org.auspex.store..", "org.auspex.server..")
            .should()
            .dependOnClassesThat()
            .haveNameMatching("ca\\.uhn\\.fhir\\.jpa\\.api\\.dao\\.IFhir.*Dao");

    @ArchTest
    static final ArchRule doorsAreWiredFromOutside = noClasses()
            .that()
            .resideInAnyPackage("org.auspex.operations..", "org.auspex.interceptors..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..");

    @ArchTest
    static final ArchRule httpErrorsAreMadeInDoors = noClasses()
            .that()
            .resideOutsideOfPackages("org.auspex.operations..", "org.auspex.interceptors..", "org.auspex.server..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ca.uhn.fhir.rest.server.exceptions..");

    @ArchTest
    static final ArchRule providersAreOperations = classes()
            .that()
            .haveSimpleNameEndingWith("Provider")
            .should()
            .resideInAPackage("org.auspex.operations..")
            .andShould(haveAMethodWith(Operation.class));

    @ArchTest
    static final ArchRule interceptorsAreInterceptors = classes()
            .that()
            .haveSimpleNameEndingWith("Interceptor")
            .should()
            .resideInAPackage("org.auspex.interceptors..")
            .andShould()
            .beAnnotatedWith(Interceptor.class);

    @ArchTest
    static final ArchRule namesSayWhat = noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)");

    @ArchTest
    static final ArchRule nothingPrintsToStandardStreams = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule fieldsAreNotInjected = fields().should()
            .notBeAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
            .andShould()
            .notBeAnnotatedWith("jakarta.inject.Inject");

    @ArchTest
    static final ArchRule stateIsNotStatic =
            fields().that().areStatic().should().haveModifier(JavaModifier.FINAL);

    @ArchTest
    static final ArchRule exceptionsAreDomainWords = noClasses()
            .should()
            .callConstructorWhere(com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                            com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner(
                                    com.tngtech.archunit.core.domain.JavaClass.Predicates.type(RuntimeException.class)))
                    .and(com.tngtech.archunit.base.DescribedPredicate.describe(
                            "not from a subclass's constructor",
                            call -> !call.getOriginOwner().isAssignableTo(RuntimeException.class))));

    @ArchTest
    static final ArchRule everyPackageIsNullMarked =
            classes().that(resideInAnyPackage("org.auspex..")).should(resideInANullMarkedPackage());

    private static ArchCondition<JavaClass> haveAMethodWith(
            Class<? extends java.lang.annotation.Annotation> annotation) {
        return new ArchCondition<>("have a method with @" + annotation.getSimpleName()) {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                var found = item.getMethods().stream().anyMatch(method -> method.isAnnotatedWith(annotation));
                events.add(
                        new SimpleConditionEvent(item, found, item.getName() + (found ? " has" : " has not") + " one"));
            }
        };
    }

    private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
        return new ArchCondition<>("reside in a @NullMarked package") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                var marked = item.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked");
                events.add(new SimpleConditionEvent(
                        item, marked, item.getPackageName() + (marked ? " is" : " is not") + " marked"));
            }
        };
    }
}
