/**
 * What stands between a browser and the four services: pages, the browser's session, and a proxy that lets pass what the pages need.
 * It keeps nothing: the session is in the browser's cookies, encrypted, and all else is the services'.
 */
package io.points.console;
