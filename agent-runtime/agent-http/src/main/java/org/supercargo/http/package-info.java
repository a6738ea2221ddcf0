/// The one HTTP client: deadlines, a host allow-list, safe retries and redaction around OkHttp.
@NullMarked
package org.supercargo.http;

import org.jspecify.annotations.NullMarked;
