package org.auspex.imaging.dicom.bus;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.aoju.bus.image.Device;
import org.aoju.bus.image.metric.ApplicationEntity;
import org.aoju.bus.image.metric.Association;
import org.aoju.bus.image.metric.AssociationHandler;
import org.aoju.bus.image.metric.Connection;
import org.aoju.bus.image.metric.TransferCapability;
import org.aoju.bus.image.metric.internal.pdu.AAssociateAC;
import org.aoju.bus.image.metric.internal.pdu.AAssociateRQ;
import org.aoju.bus.image.metric.service.BasicCEchoSCP;
import org.aoju.bus.image.metric.service.ServiceHandler;
import org.auspex.imaging.archive.FolderArchive;
import org.auspex.imaging.net.Listening;
import org.auspex.imaging.net.StorageListener;

/** Listens with the toolkit's part for networks (DICOM PS3.7 and PS3.8). */
public final class StoreScp implements StorageListener {

    private static final String ANY = "*";
    /** The listener itself, and callers that are being told that there are too many. */
    private static final int MORE_THREADS = 4;

    private final Device device = new Device("auspex");
    private final Connection connection;
    private final ThreadPoolExecutor threads;
    private final ScheduledExecutorService timers;
    private final Set<Association> open = ConcurrentHashMap.newKeySet();

    private StoreScp(FolderArchive archive, Listening listening) {
        var limits = listening.limits();
        this.threads = new ThreadPoolExecutor(
                0, limits.associations() + MORE_THREADS, 30, TimeUnit.SECONDS, new SynchronousQueue<>());
        this.timers = Executors.newSingleThreadScheduledExecutor();
        this.connection = connection(listening);
        device.addConnection(connection);
        device.addApplicationEntity(entity(archive, listening));
        device.setLimitOpenAssociations(limits.associations());
        device.setAssociationHandler(handler((int) limits.silence().toMillis()));
        device.setExecutor(threads);
        device.setScheduledExecutor(timers);
    }

    /** @throws IOException if the port cannot be bound */
    public static StorageListener listen(FolderArchive archive, Listening listening) throws IOException {
        var scp = new StoreScp(archive, listening);
        try {
            scp.device.bindConnections();
            return scp;
        } catch (IOException | GeneralSecurityException e) {
            scp.close();
            throw new IOException(
                    "Port %d of %s cannot be bound for C-STORE; set auspex.dicom.store.port to one that is free"
                            .formatted(listening.port(), listening.address()),
                    e);
        }
    }

    private static Connection connection(Listening listening) {
        var silence = (int) listening.limits().silence().toMillis();
        var connection = new Connection();
        connection.setHostname(listening.address());
        connection.setBindAddress(listening.address());
        connection.setPort(listening.port());
        connection.setRequestTimeout(silence);
        connection.setIdleTimeout(silence);
        connection.setReleaseTimeout(silence);
        return connection;
    }

    private ApplicationEntity entity(FolderArchive archive, Listening listening) {
        var services = new ServiceHandler();
        services.addService(new BasicCEchoSCP());
        services.addService(new StoreService(archive, listening.limits().bytes()));
        var entity = new ApplicationEntity(listening.aeTitle());
        entity.setAssociationAcceptor(true);
        entity.addConnection(connection);
        entity.setAcceptedCallingAETitles(listening.callers().toArray(String[]::new));
        entity.addTransferCapability(new TransferCapability(null, ANY, TransferCapability.Role.SCP, ANY));
        entity.setDimseRQHandler(services);
        return entity;
    }

    /** Remembers who is connected, and has reads from them end when they say nothing. */
    private AssociationHandler handler(int silence) {
        return new AssociationHandler() {
            @Override
            protected AAssociateAC negotiate(Association association, AAssociateRQ request) throws IOException {
                association.getSocket().setSoTimeout(silence);
                open.add(association);
                return super.negotiate(association, request);
            }

            @Override
            protected void onClose(Association association) {
                open.remove(association);
                super.onClose(association);
            }
        };
    }

    @Override
    public int port() {
        return ((InetSocketAddress) connection.getListener().getEndPoint()).getPort();
    }

    @Override
    public void close() {
        device.unbindConnections();
        open.forEach(Association::abort);
        timers.shutdownNow();
        threads.shutdownNow();
    }
}
