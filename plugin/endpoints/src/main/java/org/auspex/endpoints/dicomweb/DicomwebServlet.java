package org.auspex.endpoints.dicomweb;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.auspex.imaging.archive.ArchiveFailed;
import org.auspex.imaging.archive.FolderArchive;
import org.auspex.imaging.dicom.DicomRefused;
import org.auspex.imaging.dicom.DicomToolkit;
import org.auspex.imaging.dicom.ReadLimits;

/** {@code /dicomweb}: STOW-RS, QIDO-RS and WADO-RS on the archive in the folder. What goes wrong is said in plain text. */
public final class DicomwebServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient Storing storing;
    private final transient Searching searching;
    private final transient Retrieving retrieving;
    private final transient Framing framing;

    /**
     * @param limits of one object
     * @param maxBytes of one request that stores
     */
    public DicomwebServlet(FolderArchive archive, DicomToolkit toolkit, ReadLimits limits, long maxBytes) {
        this.storing = new Storing(archive, toolkit, limits, maxBytes);
        this.searching = new Searching(archive);
        this.retrieving = new Retrieving(archive, toolkit, limits);
        this.framing = new Framing(archive, toolkit, limits);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(response, () -> get(Target.of(path(request)), request));
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(response, () -> post(path(request), request));
    }

    private Reply get(Target target, HttpServletRequest request) throws IOException {
        return switch (target.action()) {
            case "studies", "series", "instances" -> searching.answer(target, request, base(request));
            case "metadata" -> retrieving.metadata(target, base(request));
            case "bulkdata" -> retrieving.bulk(target, request);
            case "frames" -> framing.answer(target, request);
            case "rendered" -> framing.rendered(target);
            case "" -> retrieving.objects(target, request);
            default -> throw DicomwebRefused.notFound(target.path());
        };
    }

    private Reply post(String path, HttpServletRequest request) throws IOException {
        var target = Target.of(path);
        var isStudies = target.series().isEmpty()
                && (target.study().isPresent()
                        ? target.rest().isEmpty()
                        : target.path().equals("studies"));
        if (!isStudies) {
            throw new DicomwebRefused(
                    405, "Objects are stored by POST to /dicomweb/studies, or to the address of a study");
        }
        return storing.answer(target.study(), request, base(request));
    }

    private static String path(HttpServletRequest request) {
        return request.getPathInfo() == null ? "" : request.getPathInfo();
    }

    /** The address of this door as the client sees it. */
    private static String base(HttpServletRequest request) {
        var whole = request.getRequestURL();
        return whole.substring(0, whole.length() - request.getRequestURI().length())
                + request.getContextPath()
                + request.getServletPath();
    }

    /** What can be asked and refused. */
    @FunctionalInterface
    private interface Work {
        Reply reply() throws IOException;
    }

    private static void answer(HttpServletResponse response, Work work) throws IOException {
        try {
            work.reply().send(response);
        } catch (DicomwebRefused e) {
            Reply.text(e.status(), String.valueOf(e.getMessage())).send(response);
        } catch (DicomRefused e) {
            Reply.text(400, String.valueOf(e.getMessage())).send(response);
        } catch (ArchiveFailed e) {
            Reply.text(
                            switch (e.kind()) {
                                case NOT_FOUND -> 404;
                                case FULL -> 507;
                                default -> 500;
                            },
                            String.valueOf(e.getMessage()))
                    .send(response);
        }
    }
}
