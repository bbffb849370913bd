package dev.hutong.hub.http;

import dev.hutong.hub.config.Network;
import dev.hutong.hub.load.Limits;
import dev.hutong.hub.load.LoopGate;
import dev.hutong.hub.load.Pressure;
import dev.hutong.hub.load.Work;
import dev.hutong.hub.resolve.Extent;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.ContextInternal;
import io.vertx.ext.web.RoutingContext;
import java.util.AbstractList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The first gate of all: a request goes on at once, waits for its turn, or is refused, before anything of its body is looked at. Each event
 * loop decides for itself.
 */
public final class LoadGate implements Handler<RoutingContext> {
    private final Limits limits;
    private final Addresses addresses;
    private final List<LoadedLoop> loops = new CopyOnWriteArrayList<>();
    private final ThreadLocal<LoadedLoop> ofThisThread;

    /**
     * @param limits of each event loop
     * @param proxies who is believed when it says whose request it hands on
     */
    public LoadGate(Limits limits, List<Network> proxies) {
        this.limits = limits;
        this.addresses = new Addresses(proxies);
        this.ofThisThread = ThreadLocal.withInitial(this::join);
    }

    private LoadedLoop join() {
        LoadedLoop loop = new LoadedLoop(ContextInternal.current(), limits, addresses);
        loops.add(loop);
        return loop;
    }

    @Override
    public void handle(RoutingContext context) {
        ofThisThread.get().gate().admit(new Asked(context));
    }

    /** The event loop that this is called on. */
    LoadedLoop loop() {
        return ofThisThread.get();
    }

    /** All event loops that have come by so far. */
    List<LoadedLoop> loops() {
        return loops;
    }

    /** How much of a decision is written on the event loop that this is called on: under pressure what no gate needs is left out. */
    Extent extent() {
        return ofThisThread.get().gate().pressure() == Pressure.NORMAL ? Extent.WHOLE : Extent.ABRIDGED;
    }

    /** What is to be measured; grows with the event loops. */
    public List<LoopGate> gates() {
        return new AbstractList<>() {
            @Override
            public LoopGate get(int index) {
                return loops.get(index).gate();
            }

            @Override
            public int size() {
                return loops.size();
            }
        };
    }

    /** A request that has come. */
    private final class Asked implements Work {
        private final RoutingContext context;
        private final ContextInternal vertx = ContextInternal.current();
        private boolean waited;

        Asked(RoutingContext context) {
            this.context = context;
        }

        /** Only what has to wait is asked for its caller. */
        @Override
        public String caller() {
            waited = true;
            context.request().pause();
            return ofThisThread.get().callers().of(context.request());
        }

        @Override
        public int cost() {
            return 1;
        }

        @Override
        public boolean isRefusable() {
            return true;
        }

        @Override
        public boolean isAbandoned() {
            return context.response().closed();
        }

        @Override
        public void start(Runnable done) {
            context.addEndHandler(ended -> done.run());
            if (waited) {
                HttpServerRequest request = context.request();
                vertx.emit(context, turn -> {
                    request.resume(); // delivers later, when the operation has said what it does with the body
                    turn.next();
                });
            } else {
                context.next();
            }
        }

        @Override
        public void refuse() {
            Overload.refuse(context.response());
        }
    }
}
