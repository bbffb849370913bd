/** Does an endpoint speak TLS, by which certificate, and is a newer one taken up without a restart? */
@NullMarked
package dev.hutong.hub.tls;

import org.jspecify.annotations.NullMarked;
