package dev.hutong.hub.cluster;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.concurrent.atomic.AtomicBoolean;

/** An object that does something when it is read. */
final class Trap implements Serializable {
    static final AtomicBoolean sprung = new AtomicBoolean();

    private static final long serialVersionUID = 1;

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        sprung.set(true);
    }
}
